import { systemClock } from "@parley/shared/async/clock";
import { agentSettingsSchema } from "@parley/shared/protocol/rooms-api";
import type { ChatModel } from "../contracts/chat-model";
import type { Environment } from "../environment";
import type { ToolSet } from "../contracts/tool";
import { OpenAiCompatibleModel, type ChatLog } from "../llm/openai-compatible-model";
import { ScriptedBrain } from "../llm/scripted-brain/scripted-brain";
import type { PieceSizes } from "../llm/wire/piecewise-answer";
import { ServerSlots } from "../llm/wire/server-slots";
import { watchChatServer } from "../llm/watch-chat-server";
import { systemPrompt } from "../session/replying/system-prompt";

/** Silence of a server within an answer, in ms; people do not wait longer than this. */
const betweenTokensMs = 10_000;

/** The brain by rules. */
export function openScript(environment: Environment): ChatModel {
  return new ScriptedBrain({ clock: systemClock, timeZone: homeTimeZone(environment) });
}

/** @returns the IANA name of the time zone that agents tell the time in */
export function homeTimeZone({ TZ }: Pick<Environment, "TZ">): string {
  return TZ ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * The chat model at `LLM_BASE_URL`. The server is asked at once, unheard, so that its model is loaded
 * and knows how conversations begin, and looked after from then on.
 *
 * @param options.toolSets the tools that rooms have by default
 * @param options.signal ends that, as closing the model does
 * @throws TypeError without `LLM_BASE_URL`
 */
export function openChatServer(
  environment: Environment,
  { toolSets, log, signal }: { toolSets: readonly ToolSet[]; log: ChatLog; signal: AbortSignal },
): ChatModel {
  const { LLM_BASE_URL, LLM_MODEL, LLM_API_KEY, LLM_EXTRA_BODY, LLM_FIRST_TOKEN_MS } = environment;
  if (LLM_BASE_URL === undefined) throw new TypeError("LLM_BASE_URL is not set");
  const model = new OpenAiCompatibleModel({
    baseUrl: LLM_BASE_URL,
    model: LLM_MODEL,
    apiKey: LLM_API_KEY ?? null,
    extraBody: LLM_EXTRA_BODY ?? {},
    clock: systemClock,
    limits: { firstTokenMs: LLM_FIRST_TOKEN_MS, betweenTokensMs },
    pieces: piecesOf(environment),
    slots: slotsOf(environment),
    log,
  });
  const offers = toolSets.flatMap((set) => set.tools());
  const prompt = systemPrompt(agentSettingsSchema.parse({}), [], { hasTools: offers.length > 0 });
  void watchChatServer(
    {
      model,
      baseUrl: LLM_BASE_URL,
      apiKey: LLM_API_KEY ?? null,
      systemPrompt: prompt,
      offers,
      clock: systemClock,
    },
    AbortSignal.any([signal, model.closed]),
  );
  return model;
}

function slotsOf({ LLM_SERVER_SLOTS }: Environment): ServerSlots | null {
  return LLM_SERVER_SLOTS === 0 ? null : new ServerSlots(LLM_SERVER_SLOTS, systemClock);
}

function piecesOf({ LLM_CHUNK_TOKENS, LLM_FIRST_CHUNK_TOKENS }: Environment): PieceSizes | null {
  if (LLM_CHUNK_TOKENS === 0) return null;
  return { firstTokens: LLM_FIRST_CHUNK_TOKENS, laterTokens: LLM_CHUNK_TOKENS };
}
