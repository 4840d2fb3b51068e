import { z } from "zod";

/** The only form of sound in a call's session; on the way to the browser it is Opus. */
const pcm = { type: "audio/pcm", rate: 24_000 } as const;

const settingsSchema = z.looseObject({
  type: z.string().optional(),
  audio: z
    .looseObject({
      input: z.looseObject({}).optional(),
      output: z.looseObject({}).optional(),
    })
    .optional(),
});

/**
 * Settings of a session for a call: those of sound's form are the call's own.
 *
 * @param settings of the Realtime API; what does not look like them is left as it is, to be refused
 */
export function callSettings(settings: unknown): unknown {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) return settings;
  const { audio = {}, ...others } = parsed.data;
  const isTranscription = others.type === "transcription";
  return {
    type: "realtime",
    ...others,
    audio: {
      ...audio,
      input: { ...audio.input, format: pcm },
      ...(isTranscription ? {} : { output: { ...audio.output, format: pcm } }),
    },
  };
}
