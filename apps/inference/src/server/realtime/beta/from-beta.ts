import { z } from "zod";

const objectSchema = z.record(z.string(), z.unknown());

/** Formats of sound by their names in the beta. */
const formats: Readonly<Record<string, object>> = {
  pcm16: { type: "audio/pcm", rate: 24_000 },
  g711_ulaw: { type: "audio/pcmu" },
  g711_alaw: { type: "audio/pcma" },
};

/**
 * Turns what clients of the beta send into the present API's shape; what has that shape stays as it
 * is. Fields of both may be mixed, as clients in transition do.
 */
export function fromBeta(event: unknown): unknown {
  const { data: fields } = objectSchema.safeParse(event);
  if (fields === undefined) return event;
  if (fields.type === "transcription_session.update") {
    return { ...fields, type: "session.update", session: sessionFromBeta(fields.session) };
  }
  if (fields.type === "session.update") {
    return { ...fields, session: sessionFromBeta(fields.session) };
  }
  if (fields.type === "response.create" && fields.response !== undefined) {
    return { ...fields, response: sessionFromBeta(fields.response) };
  }
  return event;
}

/** Nests the flat settings of the beta; also those of one response. */
export function sessionFromBeta(session: unknown): unknown {
  const { data: fields } = objectSchema.safeParse(session);
  if (fields === undefined) return session;
  const audio = { ...objectSchema.safeParse(fields.audio).data };
  const input = { ...objectSchema.safeParse(audio.input).data };
  const output = { ...objectSchema.safeParse(audio.output).data };
  // A format may be named in the present shape's place, too.
  for (const side of [input, output]) move(side, "format", side, "format", formatOf);
  move(fields, "input_audio_format", input, "format", formatOf);
  move(fields, "input_audio_transcription", input, "transcription");
  move(fields, "input_audio_noise_reduction", input, "noise_reduction");
  move(fields, "turn_detection", input, "turn_detection");
  move(fields, "output_audio_format", output, "format", formatOf);
  move(fields, "voice", output, "voice");
  move(fields, "speed", output, "speed");
  const moved = { ...fields };
  move(fields, "modalities", moved, "output_modalities", modalitiesOf);
  move(fields, "max_response_output_tokens", moved, "max_output_tokens");
  if (Object.keys(input).length > 0) audio.input = input;
  if (Object.keys(output).length > 0) audio.output = output;
  return Object.keys(audio).length > 0 ? { ...moved, audio } : moved;
}

type Fields = Record<string, unknown>;

function move(
  from: Fields,
  name: string,
  to: Fields,
  newName: string,
  change: (value: unknown) => unknown = (value) => value,
): void {
  if (from[name] !== undefined) to[newName] = change(from[name]);
}

function formatOf(format: unknown): unknown {
  return typeof format === "string" ? (formats[format] ?? format) : format;
}

/** In the beta, speech always came with its text. */
function modalitiesOf(modalities: unknown): unknown {
  return Array.isArray(modalities) && modalities.includes("audio") ? ["audio"] : modalities;
}
