import { operation, type Operation } from "@parley/api-document/operation";
import { z } from "zod";

const group = "calls";
const refusal = "OpenAiError";
const errors = {
  400: "Says what cannot be read",
  429: "This address asks too often; `Retry-After` says when to come back",
  503: "The server is busy, or no inference server answers",
};

/** Passed on as it is. */
const secretRequestSchema = z.looseObject({
  expires_after: z
    .object({ anchor: z.literal("created_at"), seconds: z.int() })
    .partial()
    .nullish(),
  session: z.looseObject({ type: z.enum(["realtime", "transcription"]).optional() }).nullish(),
});
const secretAnswerSchema = z.object({
  value: z.string().describe("The key; it begins with `ek_`."),
  expires_at: z.int().describe("Unix time, seconds."),
  session: z.looseObject({ id: z.string(), object: z.string(), type: z.string() }),
});

/** OpenAI's Realtime API over WebRTC, by method and path. */
export const callOperations: Readonly<Record<string, Operation>> = {
  "POST /v1/realtime/calls": operation({
    id: "openCall",
    group,
    summary: "Answers a browser’s offer: a conversation over WebRTC",
    description:
      "The body is the SDP offer, or a form with `sdp` and the settings of the `session` as JSON. A key that `client_secrets` made, as the bearer, brings its settings. The data channel is `oai-events`.",
    access: "everyone",
    query: z.object({ model: z.string().max(200).optional() }),
    body: {
      isRequired: true,
      content: {
        "application/sdp": "text",
        "multipart/form-data": z.object({ sdp: z.string(), session: z.string().optional() }),
      },
    },
    answers: {
      201: {
        description: "The SDP answer; the call’s address is in `Location`",
        content: { "application/sdp": "text" },
      },
    },
    errors,
    refusal,
  }),
  "POST /v1/realtime/calls/:id/hangup": operation({
    id: "hangUp",
    group,
    summary: "Ends a call",
    access: "everyone",
    path: z.object({ id: z.string() }),
    answers: { 200: { description: "It is over", content: { "application/json": z.object({}) } } },
    errors: { 404: "There is no such call", 429: errors[429] },
    refusal,
  }),
  "POST /v1/realtime/client_secrets": operation({
    id: "createClientSecret",
    group,
    summary: "Makes a key that ends by itself, for a session in a browser",
    description:
      "An inference server makes it: the document of its API has the session’s settings in full.",
    access: "everyone",
    body: { isRequired: false, content: { "application/json": secretRequestSchema } },
    answers: {
      200: {
        description: "The key and the session",
        content: { "application/json": secretAnswerSchema },
      },
    },
    errors,
    refusal,
  }),
};
