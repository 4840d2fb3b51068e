import { z } from "zod";
import {
  audioFormatSchema,
  functionToolSchema,
  noiseReductionSchema,
  toolChoiceSchema,
  transcriptionSchema,
  turnDetectionSchema,
} from "./session-fields";

const inputSchema = z.object({
  format: audioFormatSchema,
  noise_reduction: noiseReductionSchema.nullable(),
  transcription: transcriptionSchema.nullable(),
  turn_detection: turnDetectionSchema.nullable(),
});

const withoutEffect = z.null().describe("Has no effect here, whatever was set.");

/** Settings of a session, as `session.created` and `session.updated` show them. */
export const realtimeConfigSchema = z.object({
  id: z.string(),
  object: z.literal("realtime.session"),
  type: z.enum(["realtime", "transcription"]),
  model: z.string(),
  instructions: z.string(),
  output_modalities: z.array(z.enum(["text", "audio"])).readonly(),
  tools: z.array(functionToolSchema).readonly(),
  tool_choice: toolChoiceSchema,
  max_output_tokens: z.union([z.int(), z.literal("inf")]),
  include: withoutEffect,
  prompt: withoutEffect,
  tracing: withoutEffect,
  truncation: z.literal("auto"),
  audio: z.object({
    input: inputSchema,
    output: z.object({ format: audioFormatSchema, voice: z.string(), speed: z.number() }),
  }),
});
export type RealtimeConfig = z.infer<typeof realtimeConfigSchema>;

/** A session as clients see it: one that transcribes has no settings of replies. */
export const shownSessionSchema = z.discriminatedUnion("object", [
  realtimeConfigSchema,
  z.object({
    id: z.string(),
    object: z.literal("realtime.transcription_session"),
    type: z.literal("transcription"),
    audio: z.object({ input: inputSchema }),
  }),
]);
export type ShownSession = z.infer<typeof shownSessionSchema>;
