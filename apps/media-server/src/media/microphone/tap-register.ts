import type { MicrophonePackets, MicrophoneStatistics } from "../../contracts/media-statistics";
import { LastingCounts } from "../lasting-counts";
import type { MicrophoneTap } from "./microphone-tap";

const noPackets: Readonly<MicrophonePackets> = {
  received: 0,
  lost: 0,
  late: 0,
  suspect: 0,
  malformed: 0,
  undecodable: 0,
};

/** Every tap of this thread, to be counted together. */
export class TapRegister {
  readonly #taps = new Set<MicrophoneTap>();
  readonly #counts = new LastingCounts(noPackets);

  /** @returns a function to be called when the tap is closed; idempotent */
  add(tap: MicrophoneTap): () => void {
    this.#taps.add(tap);
    const remove = this.#counts.add(tap);
    return () => {
      this.#taps.delete(tap);
      remove();
    };
  }

  get statistics(): MicrophoneStatistics {
    const jitters = [...this.#taps].map(({ jitterMs }) => jitterMs);
    const sum = jitters.reduce((total, ms) => total + ms, 0);
    return {
      open: jitters.length,
      packets: this.#counts.totals,
      meanJitterMs: jitters.length === 0 ? 0 : sum / jitters.length,
      maxJitterMs: Math.max(0, ...jitters),
    };
  }
}
