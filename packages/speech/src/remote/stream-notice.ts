import { z } from "zod";

/** Text messages of a voice's WebSocket; see docs/speech-endpoints.md. */
const noticeSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("stream_created"),
    /** Hz; absent from the reference server. */
    sample_rate: z.int().min(8_000).max(192_000).optional().catch(undefined),
  }),
  z.object({ type: z.literal("segment_complete") }),
  z.object({ type: z.literal("done") }),
  z.object({ type: z.literal("cancelled"), reason: z.string().optional() }),
  z.object({ type: z.literal("error"), message: z.string(), code: z.unknown().optional() }),
]);
export type StreamNotice = z.infer<typeof noticeSchema>;

/** @returns null for unknown messages: a newer server may have more of them */
export function readStreamNotice(text: string): StreamNotice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
