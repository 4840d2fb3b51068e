import type { Clock } from "@parley/shared/async/clock";
import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/**
 * Interval between two writes, in ms: what was heard in it is all that a crash may take. Words come
 * more often than that.
 */
const writeEveryMs = 500;

/** Where one room's draft is stored. Both reject with what the storage says. */
export type DraftSink = {
  write(draft: TranscriptEntry): Promise<void>;
  remove(): Promise<void>;
};

/** A room's line that is being said, on its way to the storage: the latest revision, and no queue. */
export class RoomDraft {
  readonly #sink: DraftSink;
  readonly #clock: Clock;
  #latest: TranscriptEntry | null = null;
  #writing: Promise<void> | null = null;
  #storedId: EntryId | null;
  #endedId: EntryId | null = null;
  /** What is stored is of a line that became final. */
  #isStale = false;
  #endDelay: () => void = () => undefined;
  #isHurried = false;

  /** @param storedId the line that is stored already, by whoever had the room before */
  constructor(sink: DraftSink, clock: Clock, storedId: EntryId | null = null) {
    this.#sink = sink;
    this.#clock = clock;
    this.#storedId = storedId;
  }

  keep(draft: TranscriptEntry): void {
    this.#latest = draft;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  /** A line is final: no earlier revision of it need be kept. */
  ended(entryId: EntryId): void {
    if (this.#latest?.entryId === entryId) this.#latest = null;
    this.#endedId = entryId;
    if (this.#storedId === entryId) this.#isStale = true;
  }

  /** Writes what is left, at once, and takes away what is stored of a line that became final. */
  async settle(): Promise<void> {
    this.#isHurried = true;
    this.#endDelay();
    await this.#writing;
    this.#isHurried = false;
    if (this.#isStale) await this.#sink.remove().catch(() => undefined);
  }

  async #write(): Promise<void> {
    while (this.#latest !== null) {
      const draft = this.#latest;
      this.#latest = null;
      try {
        await this.#sink.write(draft);
        this.#storedId = draft.entryId;
        this.#isStale = this.#endedId === draft.entryId;
      } catch {
        // The transcript's own lines tell of a storage that takes nothing.
      }
      if (!this.#isHurried) await this.#delay();
    }
  }

  #delay(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(writeEveryMs, resolve);
      this.#endDelay = () => {
        cancel();
        resolve();
      };
    });
  }
}
