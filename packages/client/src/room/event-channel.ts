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
  /** The same for a request that makes up for the time before the channel was open. */
  #catchingUp: object | null = null;

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

  /**
   * Requests a snapshot and delivers it if it holds events that never came. Call when the channel
   * has opened: what was published between the first snapshot and then is lost, and an idle room
   * sends no further event that would show the gap. Events go on being delivered meanwhile.
   */
  async catchUp(): Promise<void> {
    const attempt = {};
    this.#catchingUp = attempt;
    await this.#request(
      (snapshot) => {
        const isNews = this.#last !== null && snapshot.sequence > this.#last;
        this.#catchingUp = null;
        if (isNews) this.applySnapshot(snapshot);
      },
      () => this.#catchingUp === attempt,
    );
  }

  /** Delivers this snapshot and continues with the events after it. */
  applySnapshot(snapshot: RoomSnapshot): void {
    if (this.#closed.signal.aborted) return;
    this.#resyncing = null;
    this.#catchingUp = null;
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
    await this.#request(
      (snapshot) => {
        this.applySnapshot(snapshot);
      },
      () => this.#resyncing === attempt,
    );
  }

  /** Requests until an answer comes; joining again may bring a newer snapshot meanwhile. */
  async #request(
    onAnswer: (snapshot: RoomSnapshot) => void,
    isWanted: () => boolean,
  ): Promise<void> {
    const signal = this.#closed.signal;
    while (isWanted() && !signal.aborted) {
      try {
        const snapshot = await this.#requestSnapshot(signal);
        if (isWanted()) onAnswer(snapshot);
        return;
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
