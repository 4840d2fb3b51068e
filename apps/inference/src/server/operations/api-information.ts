import type { ApiInformation } from "@parley/api-document/openapi-document";
import type { Operation } from "@parley/api-document/operation";
import { openAiErrorSchema } from "../openai-error";
import { modelOperations } from "./model-operations";
import { realtimeOperations } from "./realtime-operations";
import { serverOperations } from "./server-operations";
import { speechOperations } from "./speech-operations";

/** What each route of the inference server does, by method and path. */
export const inferenceOperations: Readonly<Record<string, Operation>> = {
  ...speechOperations,
  ...realtimeOperations,
  ...modelOperations,
  ...serverOperations,
};

/** What the document says of the inference server's API as a whole. */
export const apiInformation: Omit<ApiInformation, "version"> = {
  title: "Parley’s speech API",
  description:
    'Speech for programs, in the form of OpenAI’s API: its clients work with `http://HOST:8080/v1` and any text for a key. Pages in browsers need their origin in `INFERENCE_ORIGINS`. Refusals are `{ "error": { "message", "type", "param", "code" } }`.',
  groups: {
    speech: "Recognition and speech, by request and by WebSocket.",
    realtime: "Conversations by OpenAI’s Realtime protocol.",
    models: "What hears and speaks.",
    "media server": "For the media server alone, which passes on what people may do.",
    server: "The server itself.",
  },
  refusals: { OpenAiError: openAiErrorSchema },
};
