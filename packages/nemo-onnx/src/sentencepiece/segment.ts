/** A stretch of normalised text and the piece that it is. */
export type Segment = { readonly text: string; readonly id: number };
