import { AppError, type ErrorCode } from "@parley/shared/errors";
import { z } from "zod";

/** Of one text; a page is about 3,000. */
export const maxTextCharacters = 10_000;
/** Hz. */
export const sampleRates = { lowest: 8_000, highest: 48_000 } as const;

const modeSchema = z.enum(["batch", "stream"]);
const idSchema = z.string().max(100);

/** What a client may say. Null means the same as nothing: clients in Python write it. */
const requestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("init"),
    voice: z.string().max(100).nullish(),
    language: z.string().max(20).nullish(),
    default_mode: modeSchema.nullish(),
    /** Hz that the sound shall have. */
    sample_rate: z.int().min(sampleRates.lowest).max(sampleRates.highest).nullish(),
    seed: z.int().min(0).nullish(),
    temperature: z.number().min(0).max(2).nullish(),
    /** Repeated in `stream_created`, so that a client knows which `init` it answers. */
    request_id: idSchema.nullish(),
  }),
  z.object({
    type: z.literal("text"),
    text: z.string().max(maxTextCharacters),
    mode: modeSchema.nullish(),
    /** How soon and how well the first sound comes: the engine knows best, so nothing depends on it. */
    preset: z.enum(["aggressive", "balanced", "conservative"]).nullish(),
  }),
  z.object({ type: z.literal("close") }),
  z.object({
    type: z.literal("cancel"),
    /** Whatever runs unless given: a cancel that comes too late then hits nothing else. */
    stream_id: idSchema.nullish(),
  }),
  z.object({ type: z.literal("ping") }),
]);
export type SynthesizerRequest = z.infer<typeof requestSchema>;
export type SynthesisMode = z.infer<typeof modeSchema>;

/**
 * What the server says beside the sound. Binary messages belong to the stream that was created
 * last, and to the segment that is completed next: each goes out in its turn.
 */
export type SynthesizerNotice =
  | {
      type: "stream_created";
      stream_id: string;
      request_id?: string;
      voice: string;
      language: string;
      default_mode: SynthesisMode;
      sample_rate: number;
    }
  | { type: "segment_complete"; stream_id: string; segment: number; audio_ms: number }
  | {
      type: "done";
      stream_id: string | null;
      total_audio_ms: number;
      segments_generated: number;
    }
  | {
      type: "cancelled";
      /** Null when there was nothing to be cancelled. */
      stream_id: string | null;
      reason: "cancel" | "init" | "idle";
      total_audio_ms: number;
      segments_generated: number;
      /** Texts that were taken and are not spoken to their end. */
      segments_dropped: number;
    }
  | {
      type: "error";
      message: string;
      code: ErrorCode;
      /** Whether the connection is closed on it. */
      fatal: boolean;
      stream_id?: string;
      segment?: number;
    }
  | { type: "pong" };

/** @throws AppError `invalid-request` that names what is off */
export function readSynthesizerRequest(text: string): SynthesizerRequest {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new AppError("invalid-request", "the message is no JSON");
  }
  const parsed = requestSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") ?? "";
  const reason = `${place === "" ? "message" : place}: ${issue?.message ?? "invalid"}`;
  throw new AppError("invalid-request", reason);
}
