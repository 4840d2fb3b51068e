import { z } from "zod";

const noticeSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({
    type: z.literal("transcript"),
    text: z.string(),
    is_final: z.boolean(),
    finalize: z.boolean().optional(),
    behind_ms: z.number().optional(),
  }),
  z.object({ type: z.literal("error"), message: z.string() }),
]);
export type SocketNotice = z.infer<typeof noticeSchema>;

/** @returns null for an unknown message, which a newer server may send */
export function readSocketNotice(text: string): SocketNotice | null {
  try {
    return noticeSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
