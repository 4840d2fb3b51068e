import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { audioFormats } from "@parley/audio/encoding/encode-audio";
import { sampleRates } from "./synthesizer-messages";

/** Five times OpenAI's limit. */
export const maxInputCharacters = 20_480;
/** Range of `speed`, OpenAI's. */
export const speeds = { lowest: 0.25, highest: 4 } as const;

/** A number, or its text, as forms and some clients write it: `speed: "1.0"`. */
function numeric<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    if (typeof value !== "string" || !/^\s*\d+(?:\.\d*)?\s*$/u.test(value)) return absent(value);
    return Number(value);
  }, schema.nullish());
}

/** Empty texts are fields that a client's form left open. */
function absent(value: unknown): unknown {
  return value === "" ? null : value;
}

function choice<const Name extends string>(names: readonly Name[]) {
  return z.preprocess(absent, z.enum(names).nullish());
}

/** A truth value, or its text, as query strings have it. */
const flag = z.preprocess((value) => {
  if (typeof value !== "string") return value;
  if (/^(?:true|1)$/iu.test(value)) return true;
  return /^(?:false|0)$/iu.test(value) ? false : absent(value);
}, z.boolean().nullish());

/** OpenAI's other fields (`model`, `instructions`, …) are ignored: there is one voice engine. */
export const openAiSpeechRequestSchema = z.object({
  input: z.string().min(1).max(maxInputCharacters).describe("What is to be spoken."),
  voice: z
    .union([
      z.string().max(100),
      z.int().min(0).transform(String),
      z.object({ id: z.string().max(100) }),
    ])
    .nullish()
    .transform((voice) => (typeof voice === "object" ? (voice?.id ?? null) : (voice ?? null))),
  response_format: choice(audioFormats),
  stream_format: choice(["audio", "sse"]),
  speed: numeric(z.number().min(speeds.lowest).max(speeds.highest)),
  language: z.preprocess(absent, z.string().max(20).nullish()),
  seed: numeric(z.int().min(0)),
  temperature: numeric(z.number().min(0).max(2)),
  /** Refuses a voice's name that means nothing. */
  strict: flag,
  /** Hz; 24,000 for `pcm` and the voice's own for the others unless given. */
  sample_rate: numeric(z.int().min(sampleRates.lowest).max(sampleRates.highest)),
});
export type OpenAiSpeechRequest = z.infer<typeof openAiSpeechRequestSchema>;

const querySchema = openAiSpeechRequestSchema.pick({ strict: true });

/**
 * @param query of the address: clients that cannot add to the body say `?strict=true`
 * @throws AppError `invalid-request` that names the wrong field
 */
export function readOpenAiSpeechRequest(body: unknown, query: unknown = {}): OpenAiSpeechRequest {
  const asked = openAiSpeechRequestSchema.transform((request) => ({
    ...request,
    strict: request.strict ?? querySchema.safeParse(query).data?.strict,
  }));
  const parsed = asked.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  const reason = `${field === "" ? "body" : field}: ${issue?.message ?? "invalid"}`;
  throw new AppError("invalid-request", reason);
}
