import { roomEventSchema, type RoomEventBody } from "@parley/shared/protocol/room-event";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import type { Clock } from "@parley/shared/async/clock";
import { z } from "zod";

/** Sequence number of an event of unknown type: such an event still counts. */
const numberedSchema = z.object({ sequence: z.int().positive() });
type Numbered = { sequence: number; body: RoomEventBody | null };

/** Delay between snapshot requests: long enough to spare a server that is in trouble. */
const retryDelayMs = 1_000;
/** Limit of events kept during a snapshot request; losing more makes a gap, and a new request. */
const maxWaiting = 2_000;

/**
 * Room events from the messages of the data channel: each once, in order, none missing. A snapshot
 * makes up for lost messages.
 */
export class EventChannel {
  readonly #requestSnapshot: (signal: AbortSignal) => Promise<RoomSnapshot>;
  readonly #onEvent: (body: RoomEventBody) => void;
  readonly #onSnapshot: (snapshot: RoomSnapshot) => void;
  readonly #clock: Clock;
  readonly #closed = new AbortController();
  /** Sequence number of the last event delivered; null until the first snapshot. */
  #last: number | null = null;
  #waiting: Numbered[] = [];
  /** Identity of the snapshot request under way; a snapshot from joining again ends it. */
  #resyncing: object | null = null;

  constructor(options: {
    requestSnapshot: (signal: AbortSignal) => Promise<RoomSnapshot>;
    onEvent: (body: RoomEventBody) => void;
    onSnapshot: (snapshot: RoomSnapshot) => void;
    clock: Clock;
  }) {
    this.#requestSnapshot = options.requestSnapshot;
    this.#onEvent = options.onEvent;
    this.#onSnapshot = options.onSnapshot;
    this.#clock = options.clock;
  }

  /** Takes one message; anything but a room event is ignored. */
  receive(data: unknown): void {
    const event = readEvent(data);
    if (event === null || this.#closed.signal.aborted) return;
    if (this.#last === null || this.#resyncing !== null) this.#keep(event);
    else if (event.sequence === this.#last + 1) this.#deliver(event);
    else if (event.sequence > this.#last) {
      this.#keep(event);
      void this.#resync();
    }
  }

  /** Delivers this snapshot and continues with the events after it. */
  applySnapshot(snapshot: RoomSnapshot): void {
    if (this.#closed.signal.aborted) return;
    this.#resyncing = null;
    this.#last = snapshot.sequence;
    this.#onSnapshot(snapshot);
    const waiting = this.#waiting.sort((a, b) => a.sequence - b.sequence);
    this.#waiting = [];
    for (const event of waiting) {
      if (event.sequence === this.#last + 1) this.#deliver(event);
      else if (event.sequence > this.#last) this.#keep(event);
    }
    if (this.#waiting.length > 0) void this.#resync();
  }

  close(): void {
    this.#closed.abort();
    this.#waiting = [];
  }

  #deliver(event: Numbered): void {
    this.#last = event.sequence;
    if (event.body !== null) this.#onEvent(event.body);
  }

  #keep(event: Numbered): void {
    if (this.#waiting.length < maxWaiting) this.#waiting.push(event);
  }

  async #resync(): Promise<void> {
    if (this.#resyncing !== null) return;
    const attempt = {};
    this.#resyncing = attempt;
    const signal = this.#closed.signal;
    while (this.#resyncing === attempt && !signal.aborted) {
      try {
        const snapshot = await this.#requestSnapshot(signal);
        // Joining again may have brought a newer snapshot meanwhile.
        if (this.#resyncing === attempt) this.applySnapshot(snapshot);
      } catch {
        await this.#clock.delay(retryDelayMs, signal).catch(() => undefined);
      }
    }
  }
}

function readEvent(data: unknown): Numbered | null {
  if (typeof data !== "string") return null;
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const event = roomEventSchema.safeParse(json);
  if (event.success) return event.data;
  const numbered = numberedSchema.safeParse(json);
  return numbered.success ? { sequence: numbered.data.sequence, body: null } : null;
}
