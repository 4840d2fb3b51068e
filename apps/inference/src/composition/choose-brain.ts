import { availableParallelism } from "node:os";
import { cacheDirectory } from "@parley/models/cache-directory";
import { resolveGguf } from "@parley/models/resolve-gguf";
import { AppError, errorMessage } from "@parley/shared/errors";
import type { ChatModel } from "../contracts/chat-model";
import type { ToolSet } from "../contracts/tool";
import type { Environment } from "../environment";
import { GgufChatModel } from "../llm/gguf/gguf-chat-model";
import { loadLlamaPackage } from "../llm/gguf/llama-package";
import type { SavedChoice } from "../operator/saved-choice";
import { chatServerBrain, scriptedBrain } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import { openChatServer, openScript } from "./open-chat-model";

export type NamedBrain = {
  /** Its name among the models. */
  name: string;
  chatModel: ChatModel;
};

type BrainOpening = {
  /** The tools that rooms have by default. */
  toolSets: readonly ToolSet[];
  log: ServerLog;
  signal: AbortSignal;
};

/** The brain that the settings name, or that the operator chose, or the script. */
export async function chooseBrain(
  environment: Environment,
  { saved, ...opening }: BrainOpening & { saved: SavedChoice },
): Promise<NamedBrain> {
  const { LLM_BASE_URL, LLM_GGUF } = environment;
  const { log, signal } = opening;
  if (LLM_BASE_URL !== undefined && LLM_GGUF !== undefined) {
    const message = "LLM_BASE_URL and LLM_GGUF both name a brain; leave one of them out";
    throw new AppError("invalid-request", message);
  }
  const named = LLM_BASE_URL === undefined ? LLM_GGUF : chatServerBrain;
  const open = async (name: string): Promise<NamedBrain> => ({
    name,
    chatModel: await openBrain(environment, name, opening),
  });
  if (named !== undefined) return await open(named);
  const chosen = (await saved.read()) ?? scriptedBrain;
  try {
    return await open(chosen);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ model: chosen, reason: errorMessage(error) }, "the chosen brain is not here");
    return await open(scriptedBrain);
  }
}

/**
 * Loads a brain, set up as the environment says.
 *
 * @param name that of the script, of the chat server at `LLM_BASE_URL`, a `.gguf` file, or a model
 * @throws AppError as `resolveGguf`, `loadLlamaPackage` and `GgufChatModel.open` do
 */
export async function openBrain(
  environment: Environment,
  name: string,
  { toolSets, log, signal }: BrainOpening,
): Promise<ChatModel> {
  if (name === scriptedBrain) return openScript(environment);
  if (name === chatServerBrain) return openChatServer(environment, { toolSets, log, signal });
  const file = await resolveGguf(name);
  const device = environment.LLM_DEVICE;
  const module = await loadLlamaPackage({
    cache: cacheDirectory(),
    device,
    environment: process.env,
    onInstalling: (packages) => {
      log.info({ packages: packages.join(" ") }, "installing llama.cpp for language models");
    },
    signal,
  });
  log.info({ file }, "loading the language model");
  const settings = {
    file,
    device,
    log,
    slots: environment.LLM_SLOTS,
    contextTokens: environment.LLM_CONTEXT,
    // Hearing and speaking need the other half.
    threads: environment.LLM_THREADS ?? Math.max(1, Math.floor(availableParallelism() / 2)),
  };
  return await GgufChatModel.open(module, settings, signal);
}
