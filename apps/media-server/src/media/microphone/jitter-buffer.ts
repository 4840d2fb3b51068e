import type { Clock } from "@parley/shared/async/clock";
import { planConcealment } from "./plan-concealment";
import { sequenceDistance, timestampDistance } from "./serial-number";

/** A packet of audio on its way to the decoder; times in ticks of 1/48 000 s. */
export type AudioPacket = {
  sequence: number;
  timestamp: number;
  payload: Uint8Array;
  /** Duration of the audio in it. */
  ticks: number;
  /** Unix time in milliseconds. */
  arrivedAtMs: number;
};

/** Instructions to the decoder, in the order of playout. */
export type JitterStep =
  | { type: "packet"; packet: AudioPacket }
  /** In-band FEC: decode the redundancy in `packet` for the frame lost before it. */
  | { type: "recover"; packet: AudioPacket; ticks: number }
  /** Packet loss concealment: extrapolate a lost frame. */
  | { type: "conceal"; ticks: number; arrivedAtMs: number }
  /** Discontinuous transmission: the sender sent nothing because there was nothing to hear. */
  | { type: "silence"; ticks: number; arrivedAtMs: number };

export type JitterSettings = {
  /** Limit on waiting for a missing packet. Retransmission takes a round trip plus 80 ms. */
  waitMs: number;
  /** Limit on the silence put into one gap. */
  maxSilenceMs: number;
};

export const ticksPerMs = 48;

/** Jumps beyond these are accepted only when the next packet's timestamp agrees. */
const suspectAheadTicks = 30_000 * ticksPerMs;
const suspectBehindTicks = 2_000 * ticksPerMs;
const agreeingTicks = 500 * ticksPerMs;

/** One second of 20 ms packets: the gap before them will not be repaired any more. */
const maxPending = 50;

/**
 * Orders packets by timestamp. Sequence numbers alone would show gaps where no audio is missing
 * (padding that the SFU took out), so they only distinguish loss from silence:
 *
 * - a packet that follows the last one is passed on at once;
 * - a gap in timestamps without one in sequence numbers is silence (DTX);
 * - a gap in both waits for retransmission, then is recovered and concealed.
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
  #gapSinceMs: number | null = null;
  #cancelTimer: (() => void) | null = null;

  constructor(clock: Clock, settings: JitterSettings, emit: (step: JitterStep) => void) {
    this.#clock = clock;
    this.#settings = settings;
    this.#emit = emit;
  }

  /** True while a gap holds packets back. */
  get isWaiting(): boolean {
    return this.#pending.length > 0;
  }

  /** Records silence that the owner put out meanwhile: the next gap needs that much less. */
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

  /** One stray packet must not move the stream; two that agree are a sender that restarted. */
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
      const gapTicks = timestampDistance(first.timestamp, next.timestamp);
      const lostPackets = Math.max(0, sequenceDistance(first.sequence, next.sequence));
      if (gapTicks > 0 && lostPackets > 0 && this.#mayStillArrive()) return;
      this.#pending.shift();
      this.#gapSinceMs = null;
      if (gapTicks < 0) {
        this.counts.late += 1;
        continue;
      }
      if (gapTicks > 0) this.#fillGap(first, gapTicks, lostPackets);
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

  /** True while the gap in front may still be repaired; a timer then drains again. */
  #mayStillArrive(): boolean {
    const now = this.#clock.now();
    this.#gapSinceMs ??= now;
    const remaining = this.#gapSinceMs + this.#settings.waitMs - now;
    if (remaining <= 0 || this.#pending.length >= maxPending) return false;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.schedule(remaining, () => {
      this.#cancelTimer = null;
      this.#drain();
    });
    return true;
  }

  #fillGap(first: AudioPacket, gapTicks: number, lostPackets: number): void {
    const { concealTicks, silenceTicks, recoverTicks } = planConcealment({
      gapTicks,
      lostTicks: lostPackets * first.ticks,
      frameTicks: first.ticks,
      filledTicks: this.#filledTicks,
      maxSilenceTicks: this.#settings.maxSilenceMs * ticksPerMs,
    });
    const { arrivedAtMs } = first;
    for (const ticks of concealTicks) this.#emit({ type: "conceal", ticks, arrivedAtMs });
    if (silenceTicks > 0) this.#emit({ type: "silence", ticks: silenceTicks, arrivedAtMs });
    if (recoverTicks > 0) this.#emit({ type: "recover", packet: first, ticks: recoverTicks });
    if (lostPackets > 0) this.counts.lost += concealTicks.length + (recoverTicks > 0 ? 1 : 0);
  }
}
