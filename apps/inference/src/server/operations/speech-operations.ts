import { operation, type Operation } from "@parley/api-document/operation";
import { transcriptionAnswerSchema } from "../recognition/transcription-answers";
import { transcriptionFormSchema } from "../recognition/transcription-form";
import { openAiSpeechRequestSchema } from "../synthesis/openai-speech-request";
import { voiceConfigSchema, voiceListSchema } from "../synthesis/voice-config";

const group = "speech";
const refusal = "OpenAiError";
const errors = {
  400: "Names the field that cannot be used",
  429: "As many as may run at once are running; `Retry-After` says when to come back",
  503: "The models are loading",
};

function transcribe(id: string, summary: string): Operation {
  return operation({
    id,
    group,
    summary,
    description:
      "The form has the sound in `file`: WAVE, MP3, FLAC, Ogg, M4A and whatever else ffmpeg reads, of any length up to 1 GB. `prompt` has names and terms to listen for. OpenAI’s other fields are taken and change nothing. What should be known about the file is in the header `x-parley-warning`.",
    access: "everyone",
    body: { isRequired: true, content: { "multipart/form-data": transcriptionFormSchema } },
    answers: {
      200: {
        description:
          "The transcript in the form of `response_format`; as server-sent events with `stream`",
        content: {
          "application/json": transcriptionAnswerSchema,
          "text/plain": "text",
          "text/vtt": "text",
          "text/event-stream": "text",
        },
      },
    },
    errors: { ...errors, 413: "The file is longer than 1 GB" },
    refusal,
  });
}

/** What programs do with speech, by method and path. */
export const speechOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/audio/transcriptions": transcribe("transcribe", "Writes down what is said"),
  "POST /v1/audio/translations": transcribe(
    "translate",
    "As transcriptions; the recogniser does not translate",
  ),
  "POST /v1/audio/speech": operation({
    id: "speak",
    group,
    summary: "Speaks a text",
    description:
      "`voice` is one of `GET /v1/audio/voices`, or a name of OpenAI’s, which has a stand-in. `pcm` is 16-bit at 24,000 Hz. OpenAI’s other fields are taken and change nothing.",
    access: "everyone",
    body: { isRequired: true, content: { "application/json": openAiSpeechRequestSchema } },
    answers: {
      200: {
        description:
          "The sound in the form of `response_format`, as it is made; as server-sent events with `stream_format`",
        content: {
          "audio/mpeg": "bytes",
          "audio/wav": "bytes",
          "audio/L16": "bytes",
          "text/event-stream": "text",
        },
      },
    },
    errors,
    refusal,
  }),
  "GET /v1/audio/voices": operation({
    id: "listVoices",
    group,
    summary: "The voices, and who speaks for the names of others",
    access: "everyone",
    answers: {
      200: { description: "The voices", content: { "application/json": voiceListSchema } },
    },
    errors: { 503: errors[503] },
    refusal,
  }),
  "GET /v1/audio/config": operation({
    id: "readVoiceConfig",
    group,
    summary: "Voices, rates and formats that a client may ask for",
    access: "everyone",
    answers: {
      200: { description: "The choices", content: { "application/json": voiceConfigSchema } },
    },
    errors: { 503: errors[503] },
    refusal,
  }),
  "GET /": operation({
    id: "openRecognizer",
    group,
    summary: "WebSocket: sound in, words out, while somebody speaks",
    description: "docs/speech-endpoints.md has the messages.",
    access: "everyone",
    answers: { 101: { description: "The socket is open" } },
  }),
  "GET /ws/tts/stream": operation({
    id: "openSynthesizer",
    group,
    summary: "WebSocket: text in, sound out, as it is written",
    description: "docs/speech-endpoints.md has the messages.",
    access: "everyone",
    answers: { 101: { description: "The socket is open" } },
  }),
};
