import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { audioFormats } from "@parley/audio/encoding/encode-audio";
import { sampleRates } from "./synthesizer-messages";

/** Five times OpenAI's limit. */
export const maxInputCharacters = 20_480;
/** Range of `speed`, OpenAI's. */
export const speeds = { lowest: 0.25, highest: 4 } as const;

/** OpenAI's other fields (`model`, `instructions`, …) are ignored: there is one voice engine. */
const requestSchema = z.object({
  input: z.string().min(1).max(maxInputCharacters),
  voice: z
    .union([z.string().max(100), z.object({ id: z.string().max(100) })])
    .nullish()
    .transform((voice) => (typeof voice === "object" ? (voice?.id ?? null) : (voice ?? null))),
  response_format: z.enum(audioFormats).nullish(),
  stream_format: z.enum(["audio", "sse"]).nullish(),
  speed: z.number().min(speeds.lowest).max(speeds.highest).nullish(),
  language: z.string().max(20).nullish(),
  seed: z.int().min(0).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  /** Sample rate in Hz of `wav` and `pcm`. */
  sample_rate: z.int().min(sampleRates.lowest).max(sampleRates.highest).nullish(),
});
export type OpenAiSpeechRequest = z.infer<typeof requestSchema>;

/** @throws AppError `invalid-request` that names the wrong field */
export function readOpenAiSpeechRequest(body: unknown): OpenAiSpeechRequest {
  const parsed = requestSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  const reason = `${field === "" ? "body" : field}: ${issue?.message ?? "invalid"}`;
  throw new AppError("invalid-request", reason);
}
