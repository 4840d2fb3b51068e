import type { ByteSource } from "./byte-source";

/** An opened collection of files: a tar archive, a packed one, or a folder. */
export type MemberArchive = {
  /** By path within it, in its order. */
  readonly members: ReadonlyMap<string, ByteSource>;
  /** Releases files, and what was unpacked. */
  close(): Promise<void>;
};
