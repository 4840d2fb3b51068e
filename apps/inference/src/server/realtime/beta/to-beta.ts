import { z } from "zod";
import type { RealtimeResponse, ServerEvent } from "../events/server-events";
import type { RealtimeItem } from "../events/item-fields";

/** Names that events had in the beta. */
const names: Readonly<Partial<Record<ServerEvent["type"], string>>> = {
  "conversation.item.added": "conversation.item.created",
  "response.output_text.delta": "response.text.delta",
  "response.output_text.done": "response.text.done",
  "response.output_audio.delta": "response.audio.delta",
  "response.output_audio.done": "response.audio.done",
  "response.output_audio_transcript.delta": "response.audio_transcript.delta",
  "response.output_audio_transcript.done": "response.audio_transcript.done",
};

/** @returns the event as clients of the beta know it; null for one that it had not */
export function toBeta(event: ServerEvent): object | null {
  const type = names[event.type] ?? event.type;
  switch (event.type) {
    case "conversation.item.done":
      return null;
    case "session.created":
    case "session.updated": {
      const isTranscription = "type" in event.session && event.session.type === "transcription";
      const prefix = isTranscription ? "transcription_" : "";
      return { type: `${prefix}${type}`, session: toBetaSession(event.session) };
    }
    case "response.created":
    case "response.done":
      return { type, response: betaResponse(event.response) };
    case "conversation.item.added":
    case "conversation.item.retrieved":
    case "response.output_item.added":
    case "response.output_item.done":
      return { ...event, type, item: betaItem(event.item) };
    default:
      return { ...event, type };
  }
}

const shownSchema = z.looseObject({
  audio: z
    .object({ input: z.looseObject({}).optional(), output: z.looseObject({}).optional() })
    .optional(),
  output_modalities: z.array(z.string()).optional(),
  max_output_tokens: z.unknown().optional(),
});

/** @param session as the present API shows it */
export function toBetaSession(session: object): object {
  const shown = shownSchema.parse(session);
  const { audio, output_modalities: modalities, max_output_tokens: tokens, ...rest } = shown;
  const { input = {}, output } = audio ?? {};
  return {
    ...rest,
    ...(modalities === undefined ? {} : { modalities: betaModalities(modalities) }),
    ...(tokens === undefined ? {} : { max_response_output_tokens: tokens }),
    input_audio_format: formatName(input.format),
    input_audio_transcription: input.transcription,
    input_audio_noise_reduction: input.noise_reduction,
    turn_detection: input.turn_detection,
    ...(output === undefined
      ? {}
      : {
          output_audio_format: formatName(output.format),
          voice: output.voice,
          speed: output.speed,
          temperature: 0.8,
        }),
  };
}

function betaResponse(response: RealtimeResponse): object {
  const { audio, output_modalities, output, ...rest } = response;
  return {
    ...rest,
    output: output.map(betaItem),
    modalities: betaModalities(output_modalities),
    voice: audio.output.voice,
    output_audio_format: formatName(audio.output.format),
  };
}

function betaModalities(modalities: readonly string[]): string[] {
  return modalities.includes("audio") ? ["audio", "text"] : [...modalities];
}

function betaItem(item: RealtimeItem): object {
  if (item.type !== "message") return item;
  const content = item.content.map((part) => {
    if (part.type === "output_text") return { ...part, type: "text" };
    return part.type === "output_audio" ? { ...part, type: "audio" } : part;
  });
  return { ...item, content };
}

const formatSchema = z.object({ type: z.string() });

function formatName(format: unknown): string {
  const type = formatSchema.safeParse(format).data?.type;
  if (type === "audio/pcmu") return "g711_ulaw";
  return type === "audio/pcma" ? "g711_alaw" : "pcm16";
}
