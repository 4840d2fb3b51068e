import { AppError, type ErrorCode } from "@parley/shared/errors";
import { z } from "zod";

/** Longest text; a page has about 3,000 characters. */
export const maxTextCharacters = 10_000;
/** Range of `sample_rate`, in Hz. */
export const sampleRates = { lowest: 8_000, highest: 48_000 } as const;

/**
 * Hz of a stream for which no rate was asked: the reference client plays everything at 22,000 Hz,
 * whatever it is told.
 */
export const usualStreamRate = 22_050;

const modeSchema = z.enum(["batch", "stream"]);
const idSchema = z.string().max(100);

/** Messages of a client. Null counts as absent: clients in Python send it. */
const requestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("init"),
    /** A name, or an index in the list. */
    voice: z.union([z.string().max(100), z.int().min(0).transform(String)]).nullish(),
    /** Refuses an unknown voice; without it the default one speaks. */
    strict: z.boolean().nullish(),
    language: z.string().max(20).nullish(),
    default_mode: modeSchema.nullish(),
    /** Sample rate of the sound, in Hz; the reference server's unless given. */
    sample_rate: z.int().min(sampleRates.lowest).max(sampleRates.highest).nullish(),
    seed: z.int().min(0).nullish(),
    temperature: z.number().min(0).max(2).nullish(),
    /** Echoed in `stream_created`, so that a client can match it with its `init`. */
    request_id: idSchema.nullish(),
  }),
  z.object({
    type: z.literal("text"),
    text: z.string().max(maxTextCharacters),
    mode: modeSchema.nullish(),
    /** Latency preset of the reference server; accepted and ignored. */
    preset: z.enum(["aggressive", "balanced", "conservative"]).nullish(),
  }),
  z.object({ type: z.literal("close") }),
  z.object({
    type: z.literal("cancel"),
    /** Guards a late cancel from hitting the next stream; any running stream when absent. */
    stream_id: idSchema.nullish(),
  }),
  z.object({ type: z.literal("ping") }),
]);
export type SynthesizerRequest = z.infer<typeof requestSchema>;
export type SynthesisMode = z.infer<typeof modeSchema>;

/**
 * Text messages of the server. Binary messages, the sound, belong to the stream that was created
 * last and to its segment that is completed next.
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
      /** Null when no stream was running. */
      stream_id: string | null;
      reason: "cancel" | "init" | "idle";
      total_audio_ms: number;
      segments_generated: number;
      /** Accepted texts that were not spoken to their end. */
      segments_dropped: number;
    }
  | {
      type: "error";
      message: string;
      code: ErrorCode;
      /** Whether the connection closes after it. */
      fatal: boolean;
      stream_id?: string;
      segment?: number;
    }
  | { type: "pong" };

/** @throws AppError `invalid-request` that names the wrong field */
export function readSynthesizerRequest(text: string): SynthesizerRequest {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    throw new AppError("invalid-request", "the message is not JSON");
  }
  const parsed = requestSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join(".") ?? "";
  const reason = `${place === "" ? "message" : place}: ${issue?.message ?? "invalid"}`;
  throw new AppError("invalid-request", reason);
}
