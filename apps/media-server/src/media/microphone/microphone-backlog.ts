import type { MemberId } from "@parley/shared/protocol/ids";
import type { TapFrame } from "./microphone-tap";

/**
 * 15 s of 20 ms frames for each member: longer than a worker takes to restart, with what the last one
 * heard of a turn.
 */
const maxFrames = 750;

/** Microphone frames that wait for the link; the oldest of a member is dropped when full. */
export class MicrophoneBacklog {
  /** Frames dropped since the owner last reset this. */
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

  /** Puts frames that were sent already before the waiting ones; the oldest go if they are too many. */
  putBack(memberId: MemberId, sent: readonly TapFrame[]): void {
    const frames = [...sent, ...(this.#frames.get(memberId) ?? [])];
    const excess = Math.max(0, frames.length - maxFrames);
    this.droppedFrames += excess;
    if (frames.length > 0) this.#frames.set(memberId, frames.slice(excess));
  }

  /**
   * Sends waiting frames, oldest first for each member, as long as `send` takes them.
   *
   * @param send Returns false when it takes no more; the remaining frames stay.
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
