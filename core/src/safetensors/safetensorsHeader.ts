/** One tensor of a file. `begin` and `end` are byte offsets from the start of the file. */
export interface TensorEntry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/** What a safetensors file declares. `tensors` lie in the order of their bytes and tile the data exactly. */
export interface SafetensorsHeader {
  tensors: TensorEntry[];
  metadata: Record<string, string>;
  /** Where the data begins: 8 bytes of length and the header itself. */
  dataStart: number;
  fileBytes: number;
}
