/** Reads a member of the archive as text. */
export type ReadText = (member: string) => Promise<string>;
