/**
 * The target_modules of a published adapter: the names in full.
 *
 * PEFT takes a listed name to mean every module whose path is that name or ends in a dot and that name. Other
 * modules of the base model that it finds so get a LoRA of zeros, which changes nothing; but where the end of a
 * path that contains listed modules is listed too, such as `0` beside `layers.0.fc`, PEFT would try to adapt the
 * container and fail. Then the result is one expression for the whole path instead, which every PEFT understands
 * as well, but fewer other tools.
 */
export function targetModules(names: readonly string[]): string[] | string {
  const listed = new Set(names);
  const containers = new Set<string>();
  for (const name of names) for (const end of dots(name)) containers.add(name.slice(0, end));
  const mistaken = [...containers].some(
    (path) => !listed.has(path) && dots(path).some((dot) => listed.has(path.slice(dot + 1))),
  );
  return mistaken ? names.map((name) => name.replaceAll('.', '\\.')).join('|') : [...names];
}

function dots(path: string): number[] {
  return [...path.matchAll(/\./g)].map((dot) => dot.index);
}
