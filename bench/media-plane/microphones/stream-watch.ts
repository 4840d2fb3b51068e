import { sequenceDistance } from "@parley/media-server/media/microphone/serial-number";

/** Counts the packets of one stream that never came, by the gaps in their numbers. */
export class StreamWatch {
  lost = 0;
  #last: number | null = null;

  see(sequence: number): void {
    const step = this.#last === null ? 1 : sequenceDistance(sequence, this.#last);
    // One that came late was counted as lost before.
    this.lost += step > 0 ? step - 1 : -1;
    if (step > 0) this.#last = sequence;
  }
}
