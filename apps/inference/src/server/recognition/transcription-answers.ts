import { z } from "zod";

const usageSchema = z.object({ type: z.literal("duration"), seconds: z.int() });
const taskSchema = z.enum(["transcribe", "translate"]);
export type TranscriptionTask = z.infer<typeof taskSchema>;

const verboseSegmentSchema = z.object({
  id: z.int(),
  seek: z.int().describe("Start, in frames of 10 ms."),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  tokens: z.array(z.int()).describe("Token ids of the model."),
  temperature: z.literal(0),
  avg_logprob: z
    .number()
    .describe(
      "Logarithm of the words’ mean confidence, scaled so that −1, where clients of Whisper begin to doubt, is where this recogniser is probably wrong.",
    ),
  compression_ratio: z.number(),
  no_speech_prob: z
    .literal(0)
    .describe("Not estimated: segments without speech have no words and are left out."),
});
export type VerboseSegment = z.infer<typeof verboseSegmentSchema>;

/** OpenAI's transcript with times, in seconds. */
const verboseSchema = z.object({
  task: taskSchema,
  language: z.string().describe("Its English name in small letters."),
  duration: z.number(),
  text: z.string(),
  words: z.array(z.object({ word: z.string(), start: z.number(), end: z.number() })).optional(),
  segments: z.array(verboseSegmentSchema).optional(),
  usage: usageSchema,
});
export type VerboseTranscription = z.infer<typeof verboseSchema>;

const diarizedSegmentSchema = z.object({
  type: z.literal("transcript.text.segment"),
  id: z.string(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  speaker: z.literal("A").describe("Voices are not told apart."),
});
/** A segment in OpenAI's `diarized_json`, and the event that streams it; times in seconds. */
export type DiarizedSegment = z.infer<typeof diarizedSegmentSchema>;

const diarizedSchema = z.object({
  task: taskSchema,
  duration: z.number(),
  text: z.string(),
  segments: z.array(diarizedSegmentSchema),
  usage: usageSchema,
});
export type DiarizedTranscription = z.infer<typeof diarizedSchema>;

/** Answers in JSON: `json`, `verbose_json`, `diarized_json`. */
export const transcriptionAnswerSchema = z.union([
  z.object({ text: z.string() }),
  verboseSchema,
  diarizedSchema,
]);
