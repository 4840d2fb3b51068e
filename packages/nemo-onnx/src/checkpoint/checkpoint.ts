/** A tensor as the checkpoint stores it; its values are read when asked for. */
export type CheckpointTensor = {
  readonly name: string;
  readonly elementType: "float32" | "float16" | "bfloat16" | "float64" | "int64" | "int32" | "bool";
  readonly shape: readonly number[];
  /** Reads all values, strides undone, row by row, as float32 (integers are converted too). */
  read(): Promise<Float32Array>;
};

/**
 * An opened checkpoint: configuration, weights by name, and the small files beside them. Only the
 * index is held in memory; weights are read by position when asked for.
 */
export type Checkpoint = {
  /** The file, for messages. */
  readonly file: string;
  /** `model_config.yaml`, parsed, with `nemo:` members left as they are. */
  readonly config: unknown;
  /** By state-dict name, such as `encoder.layers.0.norm_out.weight`, in the file's order. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Names of the other members: tokenizer models, dictionaries, speaker maps. */
  readonly members: readonly string[];
  /**
   * Reads a member whole.
   *
   * @param name as in `members`, or as in the configuration, with or without `nemo:`
   * @throws ModelError `malformed` when there is none of that name or it is absurdly large
   */
  readMember(name: string): Promise<Uint8Array>;
  /** Idempotent. */
  close(): Promise<void>;
};
