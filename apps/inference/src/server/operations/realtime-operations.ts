import { operation, type Operation } from "@parley/api-document/operation";
import type { z } from "zod";
import {
  betaExpirySchema,
  betaSecretAnswerSchema,
  secretAnswerSchema,
  secretRequestSchema,
} from "../realtime/client-secret-messages";
import { sessionFieldsSchema } from "../realtime/events/session-fields";

const group = "realtime";
const refusal = "OpenAiError";

type Secret = { id: string; summary: string; body: z.ZodType; answer: z.ZodType };

function createSecret({ id, summary, body, answer }: Secret): Operation {
  return operation({
    id,
    group,
    summary,
    description:
      "The body has the session’s settings, as OpenAI’s API has them; docs/realtime.md says what becomes of each.",
    access: "everyone",
    body: { isRequired: false, content: { "application/json": body } },
    answers: {
      200: { description: "The key and the session", content: { "application/json": answer } },
    },
    errors: { 400: "Names the field that cannot be used" },
    refusal,
  });
}

const ofBeta = {
  body: sessionFieldsSchema.extend(betaExpirySchema.shape).loose(),
  answer: betaSecretAnswerSchema,
};

/** OpenAI's Realtime API, by method and path. */
export const realtimeOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/realtime": operation({
    id: "openRealtime",
    group,
    summary: "WebSocket: a conversation by OpenAI’s Realtime protocol",
    access: "everyone",
    answers: { 101: { description: "The socket is open" } },
  }),
  "POST /v1/realtime/client_secrets": createSecret({
    id: "createClientSecret",
    summary: "Makes a key that ends by itself, for a session in a browser",
    body: secretRequestSchema,
    answer: secretAnswerSchema,
  }),
  "POST /v1/realtime/sessions": createSecret({
    id: "createRealtimeSession",
    summary: "The same, as the beta of the protocol has it",
    ...ofBeta,
  }),
  "POST /v1/realtime/transcription_sessions": createSecret({
    id: "createTranscriptionSession",
    summary: "The same for a session that only listens",
    ...ofBeta,
  }),
};
