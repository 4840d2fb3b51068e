import { operation, type Operation } from "@parley/api-document/operation";

const group = "realtime";
const refusal = "OpenAiError";

function createSecret(id: string, summary: string): Operation {
  return operation({
    id,
    group,
    summary,
    description: "The body has the session’s settings, as OpenAI’s API has them.",
    access: "everyone",
    body: { isRequired: false, content: { "application/json": "bytes" } },
    answers: {
      200: { description: "The key and the session", content: { "application/json": "bytes" } },
    },
    errors: { 400: "Names the field that cannot be used" },
    refusal,
  });
}

/** OpenAI's Realtime API, by method and path. */
export const realtimeOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/realtime": operation({
    id: "openRealtime",
    group,
    summary: "WebSocket: a conversation by OpenAI’s Realtime protocol",
    access: "everyone",
    answers: { 101: { description: "The socket is open" } },
  }),
  "POST /v1/realtime/client_secrets": createSecret(
    "createClientSecret",
    "Makes a key that ends by itself, for a session in a browser",
  ),
  "POST /v1/realtime/sessions": createSecret(
    "createRealtimeSession",
    "The same, as the beta of the protocol has it",
  ),
  "POST /v1/realtime/transcription_sessions": createSecret(
    "createTranscriptionSession",
    "The same for a session that only listens",
  ),
};
