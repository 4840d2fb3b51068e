import { newId } from "@parley/shared/protocol/ids";
import type { CallId, CallSession } from "../contracts/call";
import type { Log } from "../contracts/log";
import type { MediaEngine } from "../contracts/media-engine";
import type { RoomAdmission } from "../rooms/room-admission";
import { readOffer } from "./sdp/read-offer";
import { writeAnswer } from "./sdp/write-answer";

export type OpenCallsOptions = {
  media: Pick<MediaEngine, "openCall" | "closeCall" | "subscribe">;
  admission: Pick<RoomAdmission, "enterCall">;
  log: Log;
};

/** The calls that are open, by their ids, and what each holds of its address's share. */
export class OpenCalls {
  readonly #media: OpenCallsOptions["media"];
  readonly #admission: OpenCallsOptions["admission"];
  readonly #calls = new Map<string, { callId: CallId; release: () => void }>();

  constructor({ media, admission, log }: OpenCallsOptions) {
    this.#media = media;
    this.#admission = admission;
    media.subscribe((event) => {
      if (event.type !== "call-ended") return;
      this.#forget(event.callId);
      log.info({ callId: event.callId, reason: event.reason }, "a call ended");
    });
  }

  get size(): number {
    return this.#calls.size;
  }

  /**
   * Opens a call.
   *
   * @param sdp the browser's offer
   * @param address the client's, whose share of calls it takes
   * @returns its id, and the answer
   * @throws AppError when it cannot be admitted, or is refused
   */
  async open({
    sdp,
    session,
    address,
  }: {
    sdp: string;
    session: CallSession;
    address: string;
  }): Promise<{ callId: CallId; answer: string }> {
    const offer = readOffer(sdp);
    const release = await this.#admission.enterCall(address);
    const callId = `rtc_${newId<string>()}` as CallId;
    this.#calls.set(callId, { callId, release });
    try {
      const opened = await this.#media.openCall({ callId, offer: offer.call, session });
      return { callId, answer: writeAnswer(offer, opened) };
    } catch (error) {
      this.#forget(callId);
      throw error;
    }
  }

  /** @returns false when there is no such call */
  hangUp(id: string): boolean {
    const call = this.#calls.get(id);
    if (call === undefined) return false;
    // What fails here has ended already.
    this.#media.closeCall({ callId: call.callId }).catch(() => undefined);
    return true;
  }

  #forget(callId: CallId): void {
    this.#calls.get(callId)?.release();
    this.#calls.delete(callId);
  }
}
