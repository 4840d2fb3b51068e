import { operation, type Operation } from "@parley/api-document/operation";
import { engineHouseSchema } from "@parley/shared/protocol/house-api";
import { modelActionSchema, modelsOverviewSchema } from "@parley/shared/protocol/models-api";
import { workerCardSchema } from "@parley/shared/protocol/worker-card";
import { z } from "zod";

const refusal = "OpenAiError";
const loading = "The models are loading";
const peerOnly = "`operator-only`: a browser, or no key";

const openAiModelSchema = z.object({
  id: z.string(),
  object: z.literal("model"),
  created: z.int().describe("Not known: 0."),
  owned_by: z.string(),
});

/** Path of an action on a model. */
export const modelTargetSchema = z.object({
  name: z.string().min(1).max(200),
  action: modelActionSchema,
});

/** What is said of models, by method and path. */
export const modelOperations: Readonly<Record<string, Operation>> = {
  "GET /v1/models": operation({
    id: "listOpenAiModels",
    group: "models",
    summary: "The models by their own names and by those of OpenAI’s that they stand in for",
    access: "everyone",
    answers: {
      200: {
        description: "The models",
        content: {
          "application/json": z.object({
            object: z.literal("list"),
            data: z.array(openAiModelSchema),
          }),
        },
      },
    },
    errors: { 503: loading },
    refusal,
  }),
  "GET /v1/models/*": operation({
    id: "readOpenAiModel",
    group: "models",
    summary: "One of them",
    access: "everyone",
    path: z.object({ rest: z.string().describe("The model’s name.") }),
    answers: {
      200: { description: "The model", content: { "application/json": openAiModelSchema } },
    },
    errors: { 404: "No such model", 503: loading },
    refusal,
  }),
  "GET /v1/audio/models": operation({
    id: "listVoiceModels",
    group: "models",
    summary: "The models that speak, as Open WebUI asks for them",
    access: "everyone",
    answers: {
      200: {
        description: "The models",
        content: {
          "application/json": z.object({
            models: z.array(z.object({ id: z.string(), name: z.string() })),
          }),
        },
      },
    },
    errors: { 503: loading },
    refusal,
  }),
  "GET /api/models": operation({
    id: "listModels",
    group: "media server",
    summary: "The overview of the Models page",
    access: "peer",
    answers: {
      200: { description: "The overview", content: { "application/json": modelsOverviewSchema } },
    },
    errors: { 403: peerOnly, 503: loading },
  }),
  "POST /api/models/:name/:action": operation({
    id: "actOnModel",
    group: "media server",
    summary: "Downloads, chooses or removes a model",
    access: "peer",
    path: modelTargetSchema,
    answers: {
      200: { description: "The overview", content: { "application/json": modelsOverviewSchema } },
    },
    errors: { 400: "No such action", 403: peerOnly, 404: "No such model", 409: "Not now" },
  }),
  "GET /api/house": operation({
    id: "readHouse",
    group: "media server",
    summary: "What hears, thinks and speaks",
    access: "peer",
    answers: {
      200: { description: "The house", content: { "application/json": engineHouseSchema } },
    },
    errors: { 403: peerOnly, 503: loading },
  }),
  "GET /api/worker": operation({
    id: "readWorkerCard",
    group: "media server",
    summary: "What media servers choose a worker by",
    access: "peer",
    answers: {
      200: { description: "The card", content: { "application/json": workerCardSchema } },
    },
    errors: { 403: peerOnly },
  }),
  "GET /agent": operation({
    id: "openAgentLink",
    group: "media server",
    summary: "WebSocket: a room’s conversation",
    access: "peer",
    answers: { 101: { description: "The socket is open" } },
  }),
};
