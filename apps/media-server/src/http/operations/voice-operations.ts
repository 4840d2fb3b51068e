import { operation } from "@parley/api-document/operation";
import { z } from "zod";

export const sampleQuerySchema = z.object({
  voice: z
    .string()
    .max(200)
    .default("")
    .describe("One of the voices of `GET /api/house`; the default unless given."),
  language: z
    .string()
    .max(35)
    .default("")
    .describe("One of the languages of `GET /api/house`; the voice’s first unless given."),
});

export const hearVoice = operation({
  id: "hearVoice",
  group: "models",
  summary: "Speaks a short greeting in a voice and language that an agent can have",
  access: "everyone",
  query: sampleQuerySchema,
  answers: { 200: { description: "The greeting", content: { "audio/mpeg": "bytes" } } },
  errors: {
    400: "`invalid-request`: the house has no such voice or language",
    429: "`too-many-requests`: this address asks too often, or others are being made",
    503: "`agent-unavailable`: the voice does not answer",
  },
});
