import type { Clock } from "@parley/shared/async/clock";
import { bridgeHole } from "./bridge-hole";
import { sequenceDistance, timestampDistance } from "./serial-number";

/** A packet of audio on its way to the decoder; times in ticks of 1/48 000 s. */
export type AudioPacket = {
  sequence: number;
  timestamp: number;
  payload: Uint8Array;
  /** How long it lasts. */
  ticks: number;
  /** Unix time in milliseconds. */
  arrivedAtMs: number;
};

/** What the decoder is to do next, in order. */
export type JitterStep =
  | { type: "packet"; packet: AudioPacket }
  /** Decode the redundancy in `packet` for the frame lost before it. */
  | { type: "recover"; packet: AudioPacket; ticks: number }
  /** Guess a lost frame. */
  | { type: "conceal"; ticks: number; arrivedAtMs: number }
  /** The sender sent nothing because there was nothing to hear. */
  | { type: "silence"; ticks: number; arrivedAtMs: number };

export type JitterSettings = {
  /** How long a missing packet may take. Repair by retransmission takes a round trip plus 80 ms. */
  waitMs: number;
  /** No more silence than this is put into one hole. */
  maxSilenceMs: number;
};

export const ticksPerMs = 48;

/** Beyond these, a timestamp is believed only when the next packet agrees. */
const suspectAheadTicks = 30_000 * ticksPerMs;
const suspectBehindTicks = 2_000 * ticksPerMs;
const agreeingTicks = 500 * ticksPerMs;

/** One second of 20 ms packets: the hole in front of them will not be filled any more. */
const maxPending = 50;

/**
 * Puts packets in the order of their timestamps. Sequence numbers alone would show holes where no
 * audio is missing (padding that the SFU took out), so they only tell loss from silence:
 *
 * - a packet that follows on is passed on at once;
 * - a hole in time without one in sequence is silence (DTX);
 * - a hole in both is waited for, then recovered and concealed.
 */
export class JitterBuffer {
  readonly counts = { late: 0, lost: 0, suspect: 0 };
  readonly #clock: Clock;
  readonly #settings: JitterSettings;
  readonly #emit: (step: JitterStep) => void;
  readonly #pending: AudioPacket[] = [];
  #next: { timestamp: number; sequence: number } | null = null;
  #suspect: AudioPacket | null = null;
  #filledTicks = 0;
  #holeSinceMs: number | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, settings: JitterSettings, emit: (step: JitterStep) => void) {
    this.#clock = clock;
    this.#settings = settings;
    this.#emit = emit;
  }

  /** True while packets are held back by a hole. */
  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  /** Silence that the owner put out meanwhile: the next hole needs that much less. */
  addFilled(ticks: number): void {
    this.#filledTicks += ticks;
  }

  push(packet: AudioPacket): void {
    if (this.#next !== null) {
      const ahead = timestampDistance(packet.timestamp, this.#next.timestamp);
      if (ahead > suspectAheadTicks || ahead < -suspectBehindTicks) {
        this.#pushSuspect(packet);
        return;
      }
    }
    this.#suspect = null;
    this.#insert(packet);
    this.#drain();
  }

  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#pending.length = 0;
  }

  /** A single stray packet must not move the stream; two that agree are a sender that restarted. */
  #pushSuspect(packet: AudioPacket): void {
    const earlier = this.#suspect;
    this.#suspect = packet;
    this.counts.suspect += 1;
    if (earlier === null) return;
    const distance = timestampDistance(packet.timestamp, earlier.timestamp);
    if (distance <= 0 || distance > agreeingTicks) return;
    this.#suspect = null;
    this.close();
    this.#next = null;
    for (const trusted of [earlier, packet]) {
      this.#insert(trusted);
      this.#drain();
    }
  }

  #insert(packet: AudioPacket): void {
    this.#next ??= { timestamp: packet.timestamp, sequence: packet.sequence };
    if (timestampDistance(packet.timestamp, this.#next.timestamp) < 0) {
      this.counts.late += 1;
      return;
    }
    const at = this.#pending.findIndex(
      (other) => timestampDistance(other.timestamp, packet.timestamp) >= 0,
    );
    if (at < 0) this.#pending.push(packet);
    else if (this.#pending[at]?.timestamp !== packet.timestamp) this.#pending.splice(at, 0, packet);
  }

  #drain(): void {
    for (;;) {
      const first = this.#pending[0];
      const next = this.#next;
      if (first === undefined || next === null) break;
      const hole = timestampDistance(first.timestamp, next.timestamp);
      const lost = Math.max(0, sequenceDistance(first.sequence, next.sequence));
      if (hole > 0 && lost > 0 && this.#mayWait()) return;
      this.#pending.shift();
      this.#holeSinceMs = null;
      if (hole < 0) {
        this.counts.late += 1;
        continue;
      }
      if (hole > 0) this.#bridge(first, hole, lost);
      this.#filledTicks = 0;
      this.#next = {
        timestamp: (first.timestamp + first.ticks) >>> 0,
        sequence: (first.sequence + 1) & 0xffff,
      };
      this.#emit({ type: "packet", packet: first });
    }
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** True when the hole in front may still be filled; then a timer looks again. */
  #mayWait(): boolean {
    const now = this.#clock.now();
    this.#holeSinceMs ??= now;
    const remaining = this.#holeSinceMs + this.#settings.waitMs - now;
    if (remaining <= 0 || this.#pending.length >= maxPending) return false;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.schedule(remaining, () => {
      this.#cancelTimer = null;
      this.#drain();
    });
    return true;
  }

  #bridge(first: AudioPacket, holeTicks: number, lostPackets: number): void {
    const bridge = bridgeHole({
      holeTicks,
      lostTicks: lostPackets * first.ticks,
      frameTicks: first.ticks,
      filledTicks: this.#filledTicks,
      maxSilenceTicks: this.#settings.maxSilenceMs * ticksPerMs,
    });
    const { arrivedAtMs } = first;
    for (const ticks of bridge.conceal) this.#emit({ type: "conceal", ticks, arrivedAtMs });
    if (bridge.silence > 0) {
      this.#emit({ type: "silence", ticks: bridge.silence, arrivedAtMs });
    }
    if (bridge.recover > 0) {
      this.#emit({ type: "recover", packet: first, ticks: bridge.recover });
    }
    if (lostPackets > 0) this.counts.lost += bridge.conceal.length + (bridge.recover > 0 ? 1 : 0);
  }
}
