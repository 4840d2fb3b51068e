import { ticksPerMs } from "./jitter-buffer";
import { timestampDistance } from "./serial-number";

/** Packets further apart than this were sent before and after a pause or a restart. */
const maxGapTicks = 1_000 * ticksPerMs;

/** Share of a new difference in the estimate (RFC 3550, 6.4.1). */
const gain = 1 / 16;

/** Interarrival jitter of one stream of RTP (RFC 3550): how unevenly the network delivers it. */
export class ArrivalJitter {
  #last: { timestamp: number; arrivedAtMs: number } | null = null;
  #ms = 0;

  /** In milliseconds; 0 until two packets have come. */
  get ms(): number {
    return this.#ms;
  }

  /** @param packet its `timestamp` in ticks, its arrival as Unix time in milliseconds */
  add(packet: { timestamp: number; arrivedAtMs: number }): void {
    const last = this.#last;
    this.#last = { timestamp: packet.timestamp, arrivedAtMs: packet.arrivedAtMs };
    if (last === null) return;
    const sentApartTicks = timestampDistance(packet.timestamp, last.timestamp);
    if (Math.abs(sentApartTicks) > maxGapTicks) return;
    const cameApartMs = packet.arrivedAtMs - last.arrivedAtMs;
    const differenceMs = Math.abs(cameApartMs - sentApartTicks / ticksPerMs);
    this.#ms += (differenceMs - this.#ms) * gain;
  }
}
