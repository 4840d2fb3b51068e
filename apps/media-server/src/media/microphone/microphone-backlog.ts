import type { MemberId } from "@parley/shared/protocol/ids";
import type { TapFrame } from "./microphone-tap";

/** 15 s of 20 ms frames for each member: longer than a worker needs to come back. */
const maxFrames = 750;

/** Microphone sound that waits for the link. The oldest goes first when it is too much. */
export class MicrophoneBacklog {
  /** Frames that were dropped because too many waited. */
  droppedFrames = 0;
  readonly #frames = new Map<MemberId, TapFrame[]>();

  push(memberId: MemberId, frame: TapFrame): void {
    const frames = this.#frames.get(memberId) ?? [];
    this.#frames.set(memberId, frames);
    frames.push(frame);
    if (frames.length > maxFrames) {
      frames.shift();
      this.droppedFrames += 1;
    }
  }

  /**
   * Hands out what waits, for each member oldest first, as long as `send` takes it.
   *
   * @param send returns false when it takes no more; the rest stays.
   */
  drain(send: (memberId: MemberId, frame: TapFrame) => boolean): void {
    for (const [memberId, frames] of [...this.#frames]) {
      let sent = 0;
      for (const frame of frames) {
        if (!send(memberId, frame)) break;
        sent += 1;
      }
      if (sent < frames.length) {
        frames.splice(0, sent);
        return;
      }
      this.#frames.delete(memberId);
    }
  }

  forget(memberId: MemberId): void {
    this.#frames.delete(memberId);
  }
}
