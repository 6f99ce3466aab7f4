/** Where a module sits: the number of its layer, if it names one, and the rest of its name. */
export interface ModulePlace {
  layer: number | undefined;
  /** The path inside the layer: `self_attn.q_proj`. */
  projection: string;
  /** Its last segment: `q_proj`. */
  short: string;
}

/**
 * Reads a module's name as PEFT writes it. The first segment that is a number is the layer; later numbers
 * (experts, say) stay part of the projection.
 */
export function parseModule(name: string): ModulePlace {
  const segments = name.split('.');
  const at = segments.findIndex((segment) => /^\d+$/.test(segment));
  const rest = at < 0 ? segments : segments.slice(at + 1);
  const inside = rest.length > 0 ? rest : segments;
  return {
    layer: at < 0 ? undefined : Number(segments[at]),
    projection: inside.join('.'),
    short: inside.at(-1) ?? name,
  };
}
