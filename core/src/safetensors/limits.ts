/**
 * Most bytes of JSON in a safetensors header. 100,000 tensors with long names need about 15 MB; the format's own
 * 100 MB would let a small upload claim memory and parsing time that no LoRA adapter needs.
 */
export const HEADER_BYTES_MAX = 16 * 1024 * 1024;

/** Most tensors in a file: two for each of 50,000 modules, more than any mixture-of-experts model has. */
export const TENSORS_MAX = 100_000;

/** Longest tensor name, in UTF-16 code units: room for a module name at its cap, prefix and suffix. */
export const TENSOR_NAME_MAX = 512;

/** Most entries of `__metadata__`. PEFT writes one; the rest is room for other tools. */
export const METADATA_ENTRIES_MAX = 1024;

/** Most dimensions of a tensor. A LoRA factor has two, a convolution's four or five. */
export const DIMENSIONS_MAX = 8;

/**
 * Most members of an object or array, by how deep it lies: the header, an entry or the metadata, a shape or a
 * pair of offsets. Nothing lies deeper, so the length of this list is the cap on depth.
 */
export const MEMBERS_MAX: readonly number[] = [TENSORS_MAX + 1, METADATA_ENTRIES_MAX, DIMENSIONS_MAX];

/** Longest stretch of a hostile name that an error repeats, in code units. */
export const QUOTED_NAME_MAX = 160;
