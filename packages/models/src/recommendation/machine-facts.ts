/** A graphics processor that engines here may compute on. */
export type GraphicsFacts = {
  /** "NVIDIA GeForce RTX 4070". */
  adapter: string;
  /** Null while unknown. */
  memoryBytes: number | null;
};

/** What a recommendation depends on. */
export type MachineFacts = {
  /** Processor cores that this process may use. */
  cores: number;
  /** Memory that this process may use. */
  memoryBytes: number;
  /** Null where none is known. */
  graphics: GraphicsFacts | null;
};
