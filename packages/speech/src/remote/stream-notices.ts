import { z } from "zod";

/** What a voice's WebSocket says beside the sound; see docs/speech-endpoints.md. */
const noticeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("stream_created"),
    /** Hz; the reference server does not tell it. */
    sample_rate: z.int().min(8_000).max(192_000).optional().catch(undefined),
  }),
  z.object({ type: z.literal("segment_complete") }),
  z.object({ type: z.literal("done") }),
  z.object({ type: z.literal("cancelled"), reason: z.string().optional() }),
  z.object({ type: z.literal("error"), message: z.string(), code: z.unknown().optional() }),
]);
export type StreamNotice = z.infer<typeof noticeSchema>;

/** @returns null for what is no message of the protocol: a newer server may say more */
export function readStreamNotice(text: string): StreamNotice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
