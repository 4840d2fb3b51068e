import { z } from "zod";

/** An event of the Realtime API, of either side. */
export type RealtimeMessage = {
  type: string;
  /** As it came. */
  text: string;
  fields: Readonly<Record<string, unknown>>;
};

const messageSchema = z.looseObject({ type: z.string() });

/** @returns null for what is no event */
export function readRealtimeMessage(text: string): RealtimeMessage | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = messageSchema.safeParse(json);
  return parsed.success ? { type: parsed.data.type, text, fields: parsed.data } : null;
}

/** A piece of a response's sound: PCM16, 24 kHz, in base64. */
export const soundDeltaSchema = z.object({
  response_id: z.string(),
  item_id: z.string(),
  content_index: z.number().default(0),
  delta: z.string(),
});
export type SoundDelta = z.infer<typeof soundDeltaSchema>;

export const responseDoneSchema = z.object({
  response: z.object({ id: z.string(), status: z.string() }),
});

/** Whether speech over a response cuts it, as a session's settings say. */
export const interruptionSchema = z.object({
  session: z.object({
    audio: z.object({
      input: z.object({
        turn_detection: z.object({ interrupt_response: z.boolean().default(true) }).nullish(),
      }),
    }),
  }),
});

export const errorEventSchema = z.object({
  error: z.object({
    type: z.string().default("server_error"),
    code: z.string().nullish(),
    message: z.string().default(""),
    event_id: z.string().nullish(),
  }),
});
