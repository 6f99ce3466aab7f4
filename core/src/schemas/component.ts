import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';

/**
 * A schema that the OpenAPI document lists under its own name. `ref` points at it and keeps its static type,
 * which `Type.Ref` alone loses.
 */
export interface Component<T extends TSchema> {
  readonly id: string;
  readonly schema: T;
  readonly ref: TUnsafe<Static<T>>;
}

export function component<T extends TSchema>(id: string, schema: T): Component<T> {
  const named = Object.assign({}, schema, { $id: id });
  return { id, schema: named, ref: Type.Unsafe<Static<T>>({ $ref: `${id}#` }) };
}
