/** A graph in memory, such as one changed after reading. */
export type OnnxBytes = {
  bytes: Uint8Array;
  /** The file it was read from, for messages. */
  path: string;
  /** Folder of external weights. */
  directory: string;
};
