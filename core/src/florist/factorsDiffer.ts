import { Refusal } from '../errors/refusal.js';

/** FFA-LoRA was asked of clients whose A factors of a module differ. */
export function factorsDiffer(name: string): Refusal {
  const detail = `clients sent different A factors for ${name}; FFA-LoRA needs A frozen and common to all`;
  return new Refusal('ffa_factors_differ', detail, [
    { tensor: name, detail: 'the A factors are not the same' },
  ]);
}
