import type { ByteSource } from "./byte-source";

/** An opened collection of files: a tar archive, plain or gzipped, or a folder. */
export type MemberArchive = {
  /** By path within the archive, in the archive's order. */
  readonly members: ReadonlyMap<string, ByteSource>;
  /** Closes the files and deletes the temporary copy of a gzipped archive. */
  close(): Promise<void>;
};
