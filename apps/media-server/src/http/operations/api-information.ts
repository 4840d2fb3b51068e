import type { ApiInformation } from "@parley/api-document/openapi-document";
import { openAiErrorSchema } from "../calls/openai-error";

/** What the document says of the media-server's API as a whole. */
export const apiInformation: Omit<ApiInformation, "version"> = {
  title: "Parley’s API",
  description:
    'Rooms, models and the state of the server that people’s browsers talk to. Speech for programs, as OpenAI’s API has it, is at the inference server’s port, which has a page like this one. A conversation itself goes over WebRTC: the client library at `/client/parley-client.js` has it. Refusals are `{ "error": { "code", "message", "isRetryable" } }`.',
  groups: {
    rooms: "A room has people, one agent and a transcript. Its id is its key.",
    calls: "Conversations by OpenAI’s Realtime protocol over WebRTC; refusals as OpenAI’s.",
    models: "What hears, thinks and speaks.",
    server: "The server itself.",
  },
  refusals: { OpenAiError: openAiErrorSchema },
};
