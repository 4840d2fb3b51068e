import { backoffMs, type Backoff } from "@parley/shared/async/backoff";
import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { TranscriptStorage } from "@parley/shared/protocol/transcript-storage";
import type { Log } from "../contracts/log";
import type { RoomFile } from "./room-file";

/** A full disk is often freed within seconds by whoever fills it, or by hand within the hour. */
const retry: Backoff = { firstMs: 500, longestMs: 15_000 };

/** Limit on lines that wait in memory for a disk, in bytes: hours of talk of one room. */
export const maxWaitingBytes = 2_000_000;

/** Quota of one room's file, in bytes: about 40,000 lines, or days of talk without a pause. */
export const maxRoomBytes = 16_000_000;

export type RoomWriterOptions = {
  roomId: RoomId;
  clock: Clock;
  log: Log;
  /** Called when the storage's state changes. */
  onChanged: (storage: TranscriptStorage) => void;
};

/**
 * Queue of one room's lines on their way to its file, in order. What cannot be written waits in
 * memory and is tried again; what exceeds the memory's bound or the room's quota is dropped, which
 * the state and the log say.
 */
export class RoomWriter {
  readonly #file: Pick<RoomFile, "append">;
  readonly #options: RoomWriterOptions;
  readonly #waiting: string[] = [];
  #waitingBytes = 0;
  #fileBytes = 0;
  #dropped = 0;
  #failures = 0;
  #storage: TranscriptStorage = "kept";
  #writing: Promise<void> | null = null;
  #isClosing = false;
  #endDelay: (() => void) | null = null;

  constructor(file: Pick<RoomFile, "append">, options: RoomWriterOptions) {
    this.#file = file;
    this.#options = options;
  }

  get storage(): TranscriptStorage {
    return this.#storage;
  }

  /** Lines that are not on disk yet, as they are now. */
  get waiting(): string[] {
    return [...this.#waiting];
  }

  /** @param line without its line break */
  add(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    const isOverQuota = this.#fileBytes + this.#waitingBytes + bytes > maxRoomBytes;
    if (isOverQuota || this.#waitingBytes + bytes > maxWaitingBytes) {
      this.#drop(isOverQuota ? "the room's quota is used up" : "too much waits for the disk");
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += bytes;
    void this.#start();
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
        this.#fileBytes = await this.#file.append(`${this.#waiting.join("\n")}\n`);
      } catch (error) {
        this.#fail(error);
        if (this.#isClosing) return;
        await this.#delay(backoffMs(retry, this.#failures - 1));
        continue;
      }
      const written = this.#waiting.splice(0, count);
      for (const line of written) this.#waitingBytes -= Buffer.byteLength(line) + 1;
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
