/** Runs of a model since it was loaded, by the number of streams that shared one. */
export type BatchSizes = ReadonlyMap<number, number>;
