/** A span of normalised text, and the id of its piece. */
export type Segment = { readonly text: string; readonly id: number };
