/** What of an adapter_config.json decides what its tensors mean. */
export interface PeftConfig {
  /** Default rank, for modules that no rank pattern matches. */
  r: number;
  /** Default lora_alpha, for modules that no alpha pattern matches. */
  alpha: number;
  /** Whether the scale is alpha / sqrt(r) in place of alpha / r. */
  useRslora: boolean;
  /** Regular expressions over module names, in the order of the file, which decides. */
  rankPattern: ReadonlyMap<string, number>;
  alphaPattern: ReadonlyMap<string, number>;
  /** Whether the base layers store their weights as (in, out); B and A lie the same way in either case. */
  fanInFanOut: boolean;
  baseModel?: string;
  taskType?: string;
  /** As written: a regular expression, or names. The tensors decide which modules are adapted, not this. */
  targetModules?: string | readonly string[];
}
