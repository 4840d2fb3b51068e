import { chatModel } from "@parley/settings/declarations/chat-model";
import { fleet } from "@parley/settings/declarations/fleet";
import { folders } from "@parley/settings/declarations/folders";
import { graphics } from "@parley/settings/declarations/graphics";
import { inferenceServer } from "@parley/settings/declarations/inference-server";
import { logging } from "@parley/settings/declarations/logging";
import { observability } from "@parley/settings/declarations/observability";
import { recognizer } from "@parley/settings/declarations/recognizer";
import { tools } from "@parley/settings/declarations/tools";
import { turnTaking } from "@parley/settings/declarations/turn-taking";
import { voice } from "@parley/settings/declarations/voice";
import { readSettings } from "@parley/settings/read-settings";
import type { ValuesOf } from "@parley/settings/setting";

/** The settings that this server reads; the model store reads its own. */
const settings = {
  INFERENCE_HOST: inferenceServer.INFERENCE_HOST,
  INFERENCE_PORT: inferenceServer.INFERENCE_PORT,
  INFERENCE_KEY: inferenceServer.INFERENCE_KEY,
  INFERENCE_ORIGINS: inferenceServer.INFERENCE_ORIGINS,
  MAX_SESSIONS: inferenceServer.MAX_SESSIONS,
  NATS_URL: fleet.NATS_URL,
  INFERENCE_ADDRESS: fleet.INFERENCE_ADDRESS,
  DRAIN_SECONDS: fleet.DRAIN_SECONDS,
  PARLEY_DATA: folders.PARLEY_DATA,
  ...recognizer,
  ...voice,
  ...graphics,
  ...chatModel,
  ...tools,
  ...turnTaking,
  ...logging,
  ...observability,
};

export type Environment = ValuesOf<typeof settings>;

/** @throws AppError `invalid-request` that names every variable that is wrong */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  return readSettings(settings, variables);
}
