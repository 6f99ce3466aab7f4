/** The names of a module's tensors in a published adapter: those that PEFT's save_pretrained gives them. */
export function factorNames(module: string): { a: string; b: string } {
  const prefix = `base_model.model.${module}`;
  return { a: `${prefix}.lora_A.weight`, b: `${prefix}.lora_B.weight` };
}
