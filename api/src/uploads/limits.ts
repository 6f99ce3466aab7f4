/** Largest adapter in bytes: rank 64 on every matrix of a 70B model in F32 is about half of it. */
export const ADAPTER_BYTES_MAX = 8 * 1024 ** 3;

/** Largest adapter_config.json in bytes: rank patterns for tens of thousands of modules fit. */
export const CONFIG_BYTES_MAX = 1024 ** 2;

/** Room for boundaries, part headers and `num_examples` around the two files, in bytes. */
export const FORM_OVERHEAD_BYTES = 64 * 1024;

/** Deepest nesting of a config; PEFT's own go to three. */
export const CONFIG_DEPTH_MAX = 16;

/** Form parts beyond these are refused by name; a few more may be looked at to name them. */
export const FORM_PARTS_MAX = 16;

/** An upload takes as long as its line is slow, in milliseconds; one that stalls is cut by the idle timeout. */
export const UPLOAD_TIMEOUT_MS = 24 * 3_600_000;
