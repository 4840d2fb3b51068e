import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import { linkRequestSchema, type LinkRequest } from "@parley/shared/protocol/agent-link";
import { memberIdSchema } from "@parley/shared/protocol/ids";
import { decodeLinkFrame, maxLinkFrameBytes } from "@parley/shared/protocol/link-frame";
import { z } from "zod";
import type { SessionInput } from "../session/agent-session";

const typedSchema = z.object({ type: z.string() });
const requestTypes = new Set<string>(
  linkRequestSchema.options.map((option) => option.shape.type.value),
);

/**
 * Reads control messages.
 *
 * @returns null for a type that we do not know: the other end may be newer
 * @throws AppError or ZodError, naming what is off
 */
export function readRequest(text: string): LinkRequest | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid-request", "control message is not JSON", { cause: error });
  }
  const { type } = typedSchema.parse(message);
  if (!requestTypes.has(type)) return null;
  return linkRequestSchema.parse(message);
}

/** Reads sound; one per link, since it remembers each member's sequence. */
export class FrameReader {
  readonly #lastSequences = new Map<string, number>();

  /** @throws AppError when the frame is not one that the session can hear */
  read(bytes: Uint8Array): SessionInput {
    if (bytes.length > maxLinkFrameBytes) {
      throw new AppError("frame-too-large", `frame of ${bytes.length} bytes`);
    }
    const frame = decodeLinkFrame(bytes);
    if (frame.kind !== "microphone") {
      throw new AppError("invalid-request", `frame of kind ${frame.kind}; only microphones talk`);
    }
    if (frame.sampleRate !== speechRate) {
      throw new AppError(
        "audio-unsupported",
        `sample rate ${frame.sampleRate} Hz; microphones come at ${speechRate}`,
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

  /** The member's next frame may begin anew. */
  forget(memberId: string): void {
    this.#lastSequences.delete(memberId);
  }
}
