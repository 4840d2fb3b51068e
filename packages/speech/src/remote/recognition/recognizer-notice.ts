import type { Recognition } from "../../contracts/recognizer";
import { z } from "zod";

const fraction = z.number().min(0).max(1);
const milliseconds = z.number().nonnegative();
const estimated = z.literal(true).optional();

const tokenSchema = z.object({
  id: z.int(),
  startMs: milliseconds,
  durationMs: milliseconds,
  confidence: fraction,
  isTimeEstimated: estimated,
});
const wordSchema = z.object({
  text: z.string(),
  startMs: milliseconds,
  endMs: milliseconds,
  confidence: fraction,
  isTimeEstimated: estimated,
});

/** What a server can do beyond the voice bot's protocol; see docs/speech-endpoints.md. */
const featuresSchema = z.array(z.string()).default([]).catch([]);

/** Text messages of a recogniser's WebSocket; see docs/speech-endpoints.md. */
const noticeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    features: featuresSchema,
    engine: z.string().optional().catch(undefined),
    doubtful_below: fraction.optional().catch(undefined),
  }),
  z.object({
    type: z.literal("transcript"),
    text: z.string(),
    is_final: z.boolean(),
    behind_ms: milliseconds.optional().catch(undefined),
    tokens: z.array(tokenSchema).optional().catch(undefined),
    words: z.array(wordSchema).optional().catch(undefined),
  }),
  z.object({ type: z.literal("error"), message: z.string(), code: z.unknown().optional() }),
]);
export type RecognizerNotice = z.infer<typeof noticeSchema>;
export type ReadyNotice = Extract<RecognizerNotice, { type: "ready" }>;
export type TranscriptNotice = Extract<RecognizerNotice, { type: "transcript" }>;

/** @returns null for unknown messages: a newer server may have more of them */
export function readRecognizerNotice(text: string): RecognizerNotice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The settled words of a final transcript; without times and confidence where it has none. */
export function recognitionIn({ text, tokens = [], words = [] }: TranscriptNotice): Recognition {
  return {
    text: text.trim(),
    tokens: tokens.map(withoutUndefined),
    words: words.map(withoutUndefined),
  };
}

type Estimable = { isTimeEstimated?: true | undefined };

/** An absent mark is left out, as contracts want it. */
function withoutUndefined<Item extends Estimable>({
  isTimeEstimated,
  ...item
}: Item): Omit<Item, "isTimeEstimated"> & { isTimeEstimated?: true } {
  return isTimeEstimated === undefined ? item : { ...item, isTimeEstimated };
}
