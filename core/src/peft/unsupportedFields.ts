const VARIANT = 'makes the update something other than scale · B A';

/**
 * Settings of PEFT that change what the tensors mean, or that train more than B and A, with the reason for
 * which an adapter that sets them cannot be averaged. Taken from the fields of LoraConfig in PEFT 0.21 and from
 * what its layers do with them.
 */
export const UNSUPPORTED_FIELDS: ReadonlyMap<string, string> = new Map([
  ['use_dora', 'switches on DoRA, whose trained magnitudes rescale the base weights'],
  ['use_qalora', 'switches on QALoRA, whose A works on pooled inputs'],
  ['use_bdlora', 'switches on BD-LoRA, whose factors are stored as blocks'],
  ['lora_bias', 'trains a bias beside B, which a low-rank average cannot carry'],
  ['kasa_config', 'switches on KaSA, which truncates the base weights'],
  ['monteclora_config', `switches on MonteCLoRA, which ${VARIANT}`],
  ['arrow_config', 'switches on Arrow routing, which mixes adapters for each token'],
  ['velora_config', 'switches on VeLoRA, whose files hold more than B and A'],
  ['alora_invocation_tokens', 'switches on aLoRA, which applies the update to some tokens only'],
  ['modules_to_save', 'trains whole modules, which a low-rank average cannot carry'],
  ['trainable_token_indices', 'trains rows of the embedding, which a low-rank average cannot carry'],
  ['target_parameters', 'adapts bare parameters; only linear layers are supported'],
  ['layer_replication', 'repeats layers, so that module names mean another model'],
  ['megatron_config', 'adapts tensor-parallel layers, whose factors may be shards'],
]);

/**
 * Initialisations that leave the base weights alone, so that B and A hold the whole change. The others (PiSSA,
 * OLoRA, CorDA, LoftQ, LoRA-GA) move part of the base weights into the adapter or requantise them: their B A is
 * relative to weights that the server and the other clients do not have.
 */
export const NEUTRAL_INITIALISATIONS: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  true,
  false,
  'gaussian',
  'eva',
  'orthogonal',
  'mica',
]);

/** Settings of PEFT that do not change what B and A mean, or that are read elsewhere. */
export const HARMLESS_FIELDS: ReadonlySet<string> = new Set([
  // read by readConfig
  'alpha_pattern',
  'base_model_name_or_path',
  'bias',
  'fan_in_fan_out',
  'init_lora_weights',
  'lora_alpha',
  'peft_type',
  'r',
  'rank_pattern',
  'target_modules',
  'task_type',
  'use_rslora',
  // provenance and use
  'auto_mapping',
  'inference_mode',
  'peft_version',
  'revision',
  'runtime_config',
  // which modules were adapted: the tensors say so
  'ensure_weight_tying',
  'exclude_modules',
  'layers_pattern',
  'layers_to_transform',
  // training only, or parameters of something that another field switches on
  'corda_config',
  'eva_config',
  'loftq_config',
  'lora_dropout',
  'lora_ga_config',
  'megatron_core',
  'qalora_group_size',
]);
