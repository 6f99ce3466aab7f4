/** Largest LoRA rank. The widest published models have rows of 16,384; more rank than that adds nothing. */
export const RANK_MAX = 16_384;

/** Largest lora_alpha: far above any in use, and small enough that squared scales cannot overflow float64. */
export const ALPHA_MAX = 1_048_576;

/** Longest module name, in characters. Names become keys of the ledger and lines of the dashboard. */
export const MODULE_NAME_MAX = 256;

/** Most parts of a module name. Deep multimodal models have about a dozen; work on names grows with the square. */
export const MODULE_DEPTH_MAX = 32;

/** Longest base model name, in characters; the same as a federation's. */
export const BASE_MODEL_MAX = 512;

/** Most entries of rank_pattern or of alpha_pattern: one for each module of the largest adapter. */
export const PATTERNS_MAX = 50_000;

/** Longest key of a pattern, in characters: a module name with every dot escaped, anchors, and room. */
export const PATTERN_KEY_MAX = 512;

/** Most instructions that the regular expressions of one pattern map may compile to: bounds compilation. */
export const PATTERN_PROGRAM_MAX = 20_000;

/**
 * Most work, in program instructions × characters, that matching one pattern map against an adapter's modules
 * may take. A step costs about a nanosecond as a rule and 65 in the worst case measured, so a hostile map
 * holds its process for a few seconds at most.
 */
export const PATTERN_STEPS_MAX = 50_000_000;

/** Most distinct shapes of plain pattern keys for which the published keys are checked against each other. */
export const PATTERN_SHAPES_MAX = 256;
