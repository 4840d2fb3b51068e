import { operation } from "@parley/api-document/operation";
import { houseSchema } from "@parley/shared/protocol/house-api";
import { modelActionSchema, modelsOverviewSchema } from "@parley/shared/protocol/models-api";
import { z } from "zod";

const group = "models";
const errors = {
  401: "`operator-only`: neither this machine nor the operator’s key",
  429: "`too-many-requests`: this address asks too often",
  503: "`agent-unavailable`: no inference server answers",
};

/** Path of an action. The name becomes a segment of inference's URL, so `..` must not pass. */
export const modelTargetSchema = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,150}(?::[a-z0-9-]{1,40})?$/i)
    .describe("A model’s name; a precision may follow it, as in `nemotron-streaming-en:int8`."),
  action: modelActionSchema.describe(
    "`pull` downloads, `adopt` downloads and uses, `cancel` stops a download, `use` switches, `remove` deletes the files.",
  ),
});

export const readHouse = operation({
  id: "readHouse",
  group,
  summary:
    "What hears, thinks and speaks, with the voices, languages and tools that an agent can have",
  access: "everyone",
  answers: { 200: { description: "The house", content: { "application/json": houseSchema } } },
  errors: { 429: errors[429], 503: errors[503] },
});

export const listModels = operation({
  id: "listModels",
  group,
  summary: "Lists models, what they are doing, and the machine that they run on",
  access: "operator",
  answers: {
    200: { description: "The overview", content: { "application/json": modelsOverviewSchema } },
  },
  errors,
});

export const actOnModel = operation({
  id: "actOnModel",
  group,
  summary: "Downloads, chooses or removes a model",
  access: "operator",
  path: modelTargetSchema,
  answers: {
    200: {
      description: "The overview after it; what takes longer goes on",
      content: { "application/json": modelsOverviewSchema },
    },
  },
  errors: {
    ...errors,
    400: "`invalid-request`: a page of another site",
    404: "`not-found`: no such model or action",
    409: "`invalid-state`: this cannot be done with the model now",
  },
});
