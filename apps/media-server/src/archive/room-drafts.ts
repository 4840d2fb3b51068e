import type { Clock } from "@parley/shared/async/clock";
import type { EntryId, RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { cutOffLine } from "./cut-off-line";
import { RoomDraft, type DraftSink } from "./room-draft";

/** Drafts of open rooms: what is being said in each, for whoever has the room after a crash. */
export class RoomDrafts {
  readonly #sinkOf: (roomId: RoomId) => DraftSink;
  readonly #clock: Clock;
  readonly #drafts = new Map<RoomId, RoomDraft>();

  constructor(sinkOf: (roomId: RoomId) => DraftSink, clock: Clock) {
    this.#sinkOf = sinkOf;
    this.#clock = clock;
  }

  keep(roomId: RoomId, draft: TranscriptEntry): void {
    const known = this.#drafts.get(roomId) ?? new RoomDraft(this.#sinkOf(roomId), this.#clock);
    this.#drafts.set(roomId, known);
    known.keep(draft);
  }

  ended(roomId: RoomId, entryId: EntryId): void {
    this.#drafts.get(roomId)?.ended(entryId);
  }

  /**
   * A room is this server's: what is stored of a line is the last of it that there will be.
   *
   * @returns the line as one that was cut off, to be added; none where it is among the entries
   */
  takeUp(
    roomId: RoomId,
    stored: TranscriptEntry | null,
    entries: readonly TranscriptEntry[],
  ): TranscriptEntry[] {
    if (stored === null) return [];
    const draft = new RoomDraft(this.#sinkOf(roomId), this.#clock, stored.entryId);
    this.#drafts.set(roomId, draft);
    draft.ended(stored.entryId);
    return cutOffLine(stored, entries);
  }

  /** Forgets a closed room, once its draft is stored, or gone with its line. */
  async release(roomId: RoomId): Promise<void> {
    const draft = this.#drafts.get(roomId);
    await draft?.settle();
    if (this.#drafts.get(roomId) === draft) this.#drafts.delete(roomId);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#drafts.keys()].map((roomId) => this.release(roomId)));
  }
}
