import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { transcriptEntrySchema, type TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { DraftSink } from "./room-draft";

/** Conversations are private: only the user that Parley runs as may read them. */
const fileMode = 0o600;

/** The draft of one room, in a file of its own beside the room's, which is only appended to. */
export class DraftFile implements DraftSink {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Never half of it: it is written beside its place and moved there. */
  async write(draft: TranscriptEntry): Promise<void> {
    await writeFile(this.#beside, JSON.stringify(draft), { mode: fileMode });
    await rename(this.#beside, this.#path);
  }

  /** Nothing where there is none, or one that cannot be read. */
  async read(): Promise<TranscriptEntry | null> {
    try {
      return transcriptEntrySchema.parse(JSON.parse(await readFile(this.#path, "utf8")));
    } catch {
      return null;
    }
  }

  /** Also what a crash left beside it: a deleted room leaves nothing that was said. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
    await rm(this.#beside, { force: true });
  }

  get #beside(): string {
    return `${this.#path}.new`;
  }
}
