import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { memberIdSchema } from "@parley/shared/protocol/ids";
import { decodeLinkFrame, maxLinkFrameBytes } from "@parley/shared/protocol/link-frame";
import type { SessionInput } from "../session/session-input";

/** Decodes the sound of one agent link and checks the order of each member's frames. */
export class MicrophoneFrameReader {
  readonly #lastSequences = new Map<string, number>();

  /** @throws AppError for a frame that is malformed, out of order, or not a microphone's */
  read(bytes: Uint8Array): SessionInput {
    if (bytes.length > maxLinkFrameBytes) {
      throw new AppError("frame-too-large", `frame of ${bytes.length} bytes`);
    }
    const frame = decodeLinkFrame(bytes);
    if (frame.kind !== "microphone") {
      throw new AppError("invalid-request", `frame of kind ${frame.kind}; expected: microphone`);
    }
    if (frame.sampleRate !== speechRate) {
      throw new AppError(
        "audio-unsupported",
        `sample rate ${frame.sampleRate} Hz; expected: ${speechRate}`,
      );
    }
    const memberId = memberIdSchema.safeParse(frame.id);
    if (!memberId.success) throw new AppError("frame-malformed", "id is not a member's");
    const last = this.#lastSequences.get(frame.id);
    if (last !== undefined && frame.sequence <= last) {
      throw new AppError("frame-out-of-order", `sequence ${frame.sequence} after ${last}`);
    }
    this.#lastSequences.set(frame.id, frame.sequence);
    const { samples, stampMs } = frame;
    return { type: "microphone", memberId: memberId.data, samples, stampMs };
  }

  /** Accepts any sequence number in the member's next frame. */
  forget(memberId: string): void {
    this.#lastSequences.delete(memberId);
  }
}
