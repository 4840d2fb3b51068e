import type { LinkNotice, PlayoutReport } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import { EchoGate } from "./echo-gate";
import { PlayedSound } from "./played-sound";

/** Keeps the agent's own voice out of all microphones of a room. */
export class EchoControl {
  readonly #played = new PlayedSound();
  readonly #gates = new Map<MemberId, EchoGate>();

  /** @param frame of a reply that goes to the pacer */
  sent(frame: LinkFrame): void {
    this.#played.sent(frame);
  }

  noticed(notice: LinkNotice): void {
    if (notice.type === "reply-duck") this.#played.setDucked(notice.replyId, true);
    if (notice.type === "reply-resume") this.#played.setDucked(notice.replyId, false);
  }

  reported(report: PlayoutReport): void {
    this.#played.reported(report);
  }

  /** @returns the microphone's 20 ms without the agent's voice; see `EchoGate` */
  clean(memberId: MemberId, samples: Int16Array, stampMs: number): Int16Array {
    const gate = this.#gates.get(memberId) ?? new EchoGate(this.#played);
    this.#gates.set(memberId, gate);
    return gate.pass(samples, stampMs);
  }

  /** What the member's microphone hears now may be the agent, of whose echo too little is known yet. */
  isSuspected(memberId: MemberId): boolean {
    return this.#gates.get(memberId)?.isSuspected ?? false;
  }

  /** What the member's microphone hears is not the agent, as far as is known. */
  isClear(memberId: MemberId): boolean {
    return this.#gates.get(memberId)?.isClear ?? false;
  }

  forget(memberId: MemberId): void {
    this.#gates.delete(memberId);
  }
}
