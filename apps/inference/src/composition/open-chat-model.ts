import { systemClock } from "@parley/shared/async/clock";
import type { ChatModel } from "../contracts/chat-model";
import type { Environment } from "../environment";
import { OpenAiCompatibleModel } from "../llm/openai-compatible-model";
import { ScriptedBrain } from "../llm/scripted-brain/scripted-brain";

/** The chat model at `LLM_BASE_URL`, or the scripted one. */
export function openChatModel(environment: Environment): ChatModel {
  const { LLM_BASE_URL, LLM_MODEL, LLM_API_KEY, LLM_EXTRA_BODY } = environment;
  if (LLM_BASE_URL === undefined) {
    const timeZone = environment.TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    return new ScriptedBrain({ clock: systemClock, timeZone });
  }
  return new OpenAiCompatibleModel({
    baseUrl: LLM_BASE_URL,
    model: LLM_MODEL,
    apiKey: LLM_API_KEY ?? null,
    extraBody: LLM_EXTRA_BODY ?? {},
    clock: systemClock,
  });
}
