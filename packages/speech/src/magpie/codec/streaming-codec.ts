/** Turns codes into sound, for many streams at once. */
export type StreamingCodec = {
  /** Hz. */
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  readonly codebooks: number;
  /** Codes of a codebook. */
  readonly codes: number;
  open(): CodecStream;
  /** Resolves once nothing runs. Idempotent. */
  close(): Promise<void>;
};

/** The sound of one reply. Its calls are to be made one after another. */
export type CodecStream = {
  /**
   * However the frames are cut into pieces, the sound is the same.
   *
   * @param frames codes by codebook, at least one frame
   * @returns samples from −1 to 1
   */
  decode(frames: readonly (readonly number[])[]): Promise<Float32Array>;
  /** Idempotent. */
  close(): void;
};
