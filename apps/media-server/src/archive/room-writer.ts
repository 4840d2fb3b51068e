import { backoffMs, type Backoff } from "@parley/shared/async/backoff";
import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../contracts/log";
import { RoomTakenError } from "./room-taken-error";

/**
 * A full disk is often freed within seconds by whoever fills it, or by hand within the hour; a
 * database is restarted within seconds.
 */
const retry: Backoff = { firstMs: 500, longestMs: 15_000 };

/** Limit on lines that wait in memory for the storage, in bytes: hours of talk of one room. */
export const maxWaitingBytes = 2_000_000;

/** Quota of one room's transcript, in bytes: about 40,000 lines, or days of talk without a pause. */
export const maxRoomBytes = 16_000_000;

/** An entry on its way to the storage, with its text as JSON. */
export type WaitingEntry = { readonly entry: TranscriptEntry; readonly json: string };

/** Where one room's entries are stored. */
export type EntrySink = {
  /**
   * Resolves once all are stored, with the bytes that the room takes since it began.
   *
   * @throws RoomTakenError when another server has the room; anything else is worth another try
   */
  append(entries: readonly WaitingEntry[]): Promise<number>;
};

export type RoomWriterOptions = {
  roomId: RoomId;
  clock: Clock;
  log: Log;
  /** Called when the storage's state changes. */
  onChanged: (storage: TranscriptStorage) => void;
  /** Called once, when another server has taken the room. */
  onTaken: () => void;
};

/**
 * Queue of one room's entries on their way to the storage, in order. What cannot be written waits in
 * memory and is tried again; what exceeds the memory's bound or the room's quota is dropped, which
 * the state and the log say.
 */
export class RoomWriter {
  readonly #sink: EntrySink;
  readonly #options: RoomWriterOptions;
  readonly #waiting: WaitingEntry[] = [];
  #waitingBytes = 0;
  #storedBytes = 0;
  #dropped = 0;
  #failures = 0;
  #storage: TranscriptStorage = "kept";
  #writing: Promise<void> | null = null;
  #isTaken = false;
  #isClosing = false;
  #endDelay: (() => void) | null = null;

  constructor(sink: EntrySink, options: RoomWriterOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  get storage(): TranscriptStorage {
    return this.#storage;
  }

  /** True once another server has the room: nothing is written any more. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Entries that are not stored yet, as they are now. */
  get waiting(): WaitingEntry[] {
    return [...this.#waiting];
  }

  add(entry: TranscriptEntry): void {
    const json = JSON.stringify(entry);
    const bytes = bytesOf({ json });
    const isOverQuota = this.#storedBytes + this.#waitingBytes + bytes > maxRoomBytes;
    if (this.#isTaken) this.#drop("another server has the room");
    else if (isOverQuota) this.#drop("the room's quota is used up");
    else if (this.#waitingBytes + bytes > maxWaitingBytes) {
      this.#drop("too much waits for the storage");
    } else {
      this.#waiting.push({ entry, json });
      this.#waitingBytes += bytes;
      void this.#start();
    }
  }

  /** Tries again now instead of after the wait. */
  retry(): void {
    this.#endDelay?.();
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing;
  }

  /** Tries once more to write what waits, and says what is lost if that fails. Idempotent. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#endDelay?.();
    await this.#start();
    if (this.#waiting.length === 0) return;
    const { roomId, log } = this.#options;
    log.error(
      { roomId, lines: this.#waiting.length },
      "the transcript's last lines are lost: they could not be written",
    );
  }

  /** Forgets what waits; resolves when nothing is being written any more. */
  async discard(): Promise<void> {
    this.#isClosing = true;
    this.#waiting.length = 0;
    this.#waitingBytes = 0;
    this.#endDelay?.();
    await this.settled();
  }

  #start(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const count = this.#waiting.length;
      try {
        this.#storedBytes = await this.#sink.append(this.#waiting.slice());
      } catch (error) {
        if (error instanceof RoomTakenError) {
          this.#lose();
          return;
        }
        this.#fail(error);
        if (this.#isClosing) return;
        await this.#delay(backoffMs(retry, this.#failures - 1));
        continue;
      }
      for (const written of this.#waiting.splice(0, count)) this.#waitingBytes -= bytesOf(written);
      this.#recover();
    }
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    if (this.#failures === 1) {
      const { roomId, log } = this.#options;
      log.error(
        { roomId, reason: errorMessage(error) },
        "a transcript cannot be written; its lines wait",
      );
    }
    if (this.#dropped === 0) this.#change("waiting");
  }

  #recover(): void {
    if (this.#failures === 0) return;
    this.#failures = 0;
    const { roomId, log } = this.#options;
    log.info({ roomId, dropped: this.#dropped }, "a transcript is written again");
    // What was dropped stays missing, and the room goes on saying so.
    if (this.#dropped === 0) this.#change("kept");
  }

  /** The other server's transcript is the room's: these lines would stand in the midst of it. */
  #lose(): void {
    const { roomId, log, onTaken } = this.#options;
    const lines = this.#waiting.splice(0).length;
    this.#waitingBytes = 0;
    this.#isTaken = true;
    log.error({ roomId, lines }, "another server has the room; lines of this one are refused");
    onTaken();
  }

  #drop(reason: string): void {
    if (this.#dropped++ === 0) {
      const { roomId, log } = this.#options;
      log.error({ roomId, reason }, "a transcript's lines are being dropped");
    }
    this.#change("incomplete");
  }

  #change(storage: TranscriptStorage): void {
    if (this.#storage === storage) return;
    this.#storage = storage;
    this.#options.onChanged(storage);
  }

  /** Waits, or less: closing ends the wait. */
  #delay(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.schedule(ms, resolve);
      this.#endDelay = () => {
        cancel();
        resolve();
      };
    });
  }
}

function bytesOf({ json }: { json: string }): number {
  return Buffer.byteLength(json) + 1;
}
