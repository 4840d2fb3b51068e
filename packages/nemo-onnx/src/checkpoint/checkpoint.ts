/** A tensor as the checkpoint stores it; its values are read on demand. */
export type CheckpointTensor = {
  readonly name: string;
  readonly elementType: "float32" | "float16" | "bfloat16" | "float64" | "int64" | "int32" | "bool";
  readonly shape: readonly number[];
  /** Reads all values in row-major order as float32 (integers are converted too). */
  read(): Promise<Float32Array>;
};

/**
 * An opened checkpoint: configuration, weights by name, and the small files beside them. Only the
 * index is held in memory; weights are read by position on demand.
 */
export type Checkpoint = {
  /** Path of the file, for error messages. */
  readonly file: string;
  /** `model_config.yaml`, parsed; references such as `nemo:tokenizer.model` are not resolved. */
  readonly config: unknown;
  /** By state-dict name, such as `encoder.layers.0.norm_out.weight`, in the file's order. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Names of the other members: tokenizer models, dictionaries, speaker maps. */
  readonly members: readonly string[];
  /**
   * Reads all of a member.
   *
   * @param name as in `members`, or as in the configuration, with or without `nemo:`
   * @throws ModelError `malformed` when there is no such member or it is too large
   */
  readMember(name: string): Promise<Uint8Array>;
  /** Idempotent. */
  close(): Promise<void>;
};
