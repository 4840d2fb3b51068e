import { z } from "zod";
import { unsupported, unsupportedField } from "./unsupported";

/** Limits on what a client may set, in characters and entries. */
const limits = {
  instructions: 64_000,
  name: 200,
  prompt: 8_000,
  keywords: 200,
  description: 8_000,
  tools: 128,
};

/** JSON Schema of a tool's arguments, in bytes of JSON. */
const maxParameters = 64_000;

export const audioFormatSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("audio/pcm"), rate: z.literal(24_000).default(24_000) }),
  z.object({ type: z.literal("audio/pcmu") }),
  z.object({ type: z.literal("audio/pcma") }),
]);
export type RealtimeAudioFormat = z.infer<typeof audioFormatSchema>;

const duration = z.int().min(0).max(60_000);

/** Detection of the end of a turn; what is absent has OpenAI's default. */
export const turnDetectionSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("server_vad"),
    threshold: z.number().min(0).max(1).default(0.5),
    prefix_padding_ms: duration.default(300),
    silence_duration_ms: duration.default(500),
    idle_timeout_ms: z.int().min(1_000).max(600_000).nullish().default(null),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
  z.object({
    type: z.literal("semantic_vad"),
    eagerness: z.enum(["low", "medium", "high", "auto"]).default("auto"),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
]);
export type RealtimeTurnDetection = z.infer<typeof turnDetectionSchema>;

export const transcriptionSchema = z.object({
  model: z.string().max(limits.name).optional(),
  language: z.string().max(20).optional(),
  /** Names and terms to listen for, as are the keywords. */
  prompt: z.string().max(limits.prompt).optional(),
  keywords: z.array(z.string().max(limits.name)).max(limits.keywords).optional(),
});

/** Whoever may talk to a server must not be able to let it call others. */
const noServers = "Servers of MCP are the operator's to configure; functions are a client's.";

const toolTypeSchema = z
  .string()
  .default("function")
  .superRefine((type, context) => {
    if (type !== "function") unsupported(noServers)(type, context);
  })
  .pipe(z.literal("function"));

export const functionToolSchema = z.object({
  type: toolTypeSchema,
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u, "up to 64 letters, digits, _ and -"),
  description: z.string().max(limits.description).default(""),
  parameters: z
    .record(z.string(), z.unknown())
    .default({ type: "object", properties: {} })
    .refine((schema) => JSON.stringify(schema).length <= maxParameters, "too long"),
});
export type RealtimeTool = z.infer<typeof functionToolSchema>;

const toolsSchema = z.array(functionToolSchema).max(limits.tools);
export const toolChoiceSchema = z.union(
  [
    z.enum(["auto", "none", "required"]),
    z.object({ type: z.literal("function"), name: z.string().max(64) }),
  ],
  { error: "auto, none, required, or the name of a function" },
);
export type RealtimeToolChoice = z.infer<typeof toolChoiceSchema>;

export const noiseReductionSchema = z.object({ type: z.enum(["near_field", "far_field"]) });

const voiceSchema = z.union(
  [z.string().max(100), z.object({ id: z.string().max(100) }).transform(({ id }) => id)],
  { error: "the name of a voice" },
);
const modalitiesSchema = z
  .array(z.enum(["text", "audio"]))
  .min(1)
  .max(2);
const instructionsSchema = z.string().max(limits.instructions);
const maxTokensSchema = z.union([z.int().min(1), z.literal("inf")], {
  error: 'a whole number from 1, or "inf"',
});
const promptSchema = unsupportedField(
  "Prompts that OpenAI stores are not to be had here: send their text as instructions.",
);

/** Settings that a client sets; those that are not listed are ignored. */
export const sessionFieldsSchema = z.object({
  type: z.enum(["realtime", "transcription"]).optional(),
  model: z.string().max(limits.name).optional(),
  instructions: instructionsSchema.optional(),
  output_modalities: modalitiesSchema.optional(),
  tools: toolsSchema.optional(),
  tool_choice: toolChoiceSchema.optional(),
  max_output_tokens: maxTokensSchema.optional(),
  prompt: promptSchema,
  audio: z
    .object({
      input: z
        .object({
          format: audioFormatSchema.optional(),
          noise_reduction: noiseReductionSchema.nullish(),
          transcription: transcriptionSchema.nullish(),
          turn_detection: turnDetectionSchema.nullish(),
        })
        .optional(),
      output: z
        .object({
          format: audioFormatSchema.optional(),
          voice: voiceSchema.optional(),
          speed: z.number().min(0.25).max(1.5).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type SessionFields = z.infer<typeof sessionFieldsSchema>;

/** Settings of one response, in place of the session's. */
export const responseFieldsSchema = z.object({
  instructions: instructionsSchema.optional(),
  output_modalities: modalitiesSchema.optional(),
  tools: toolsSchema.optional(),
  tool_choice: toolChoiceSchema.optional(),
  max_output_tokens: maxTokensSchema.optional(),
  prompt: promptSchema,
  conversation: z.union([z.enum(["auto", "none"]), z.string().max(limits.name)]).optional(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  audio: z
    .object({
      output: z
        .object({ format: audioFormatSchema.optional(), voice: voiceSchema.optional() })
        .optional(),
    })
    .optional(),
});
