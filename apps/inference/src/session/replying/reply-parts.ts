import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, ReplyId, TurnId } from "@parley/shared/protocol/ids";
import type { ChatFailureReason } from "../../contracts/chat-model";
import type { ToolBox } from "../../contracts/tool";
import type { SessionEngines } from "../engines";
import type { SessionOutput } from "../session-output";
import type { SessionSettings } from "../settings";
import type { TurnStamps } from "../turn-stamps";
import type { ToolsOfReplies } from "../tools/reply-tools";
import { agentPhrases } from "../words/agent-phrases";
import type { ChatFailures } from "./chat-failures";
import type { Conversation } from "./conversation";
import { countedPrompts } from "./counted-prompts";
import { limitedVoice } from "./limited-voice";
import { pacedVoice } from "./paced-voice";
import { ReplyClauses, type ReplyClausesOptions, type ReplyContent } from "./reply-clauses";
import { ReplyFrames } from "./reply-frames";
import { ReplyLimit } from "./reply-limit";
import type { ReplyPublisher } from "./reply-publisher";
import { ReplySound, type ReplySoundOptions } from "./reply-sound";
import type { ReplyRequest } from "./reply-request";
import type { ReplyChange } from "./reply-state";
import { writtenVoice } from "./written-voice";

/** Turn that a reply answers. */
export type AnsweredTurn = { readonly turnId: TurnId; readonly memberId: MemberId };

export type ReplyOptions = {
  content: ReplyContent;
  engines: Pick<SessionEngines, "chatModel" | "synthesizer">;
  voice: string;
  /** BCP 47, one of the voice's when the reply began. */
  language: string;
  /** 1 for its own. */
  voiceSpeed: number;
  conversation: Conversation;
  /** Null where the agent has none. */
  tools: ToolsOfReplies | null;
  /** It is read, not heard. */
  isWritten: boolean;
  /** Null for no limit. */
  maxTokens: number | null;
  /** Failures of the room's replies so far. */
  failures: ChatFailures;
  output: SessionOutput;
  turnStamps: TurnStamps;
  clock: Clock;
  settings: SessionSettings;
  /** Aborting it stops chat request and synthesis. */
  signal: AbortSignal;
  onChanged: (change: ReplyChange) => void;
};

type SharedOptions =
  | "content"
  | "chatModel"
  | "conversation"
  | "settings"
  | "clock"
  | "language"
  | "phrases"
  | "countsTokens"
  | "isWritten";

/** @returns what was asked for in particular; null when the agent replies of its own accord */
export function requestOf({ content }: ReplyOptions): ReplyRequest | null {
  return content.type === "conversation" ? (content.request ?? null) : null;
}

/** Frames of a reply, at the rate that its voice has now: it may be replaced. */
export function replyFrames(
  { engines, settings, output }: ReplyOptions,
  replyId: ReplyId,
): ReplyFrames {
  return new ReplyFrames({
    replyId,
    sampleRate: engines.synthesizer.sampleRate,
    frameMs: settings.replyFrameMs,
    send: (frame) => {
      output.replyAudio(frame);
    },
  });
}

/** Limit on the tokens of a reply. @param publisher tells that they are used up */
export function replyLimit(
  { maxTokens }: ReplyOptions,
  { signal, publisher }: { signal: AbortSignal; publisher: ReplyPublisher },
): ReplyLimit {
  return new ReplyLimit({
    maxTokens,
    signal,
    onSpent: () => {
      publisher.limited();
    },
  });
}

/** Clauses of a reply in its language. @param watch told of them, and ends them */
export function replyClauses(
  options: ReplyOptions,
  watch: Omit<ReplyClausesOptions, "onFailed" | SharedOptions> & {
    onFailed: (error: Error, reason: ChatFailureReason) => void;
  },
): ReplyClauses {
  const { content, engines, language, clock, settings, failures, output, isWritten } = options;
  const phrases = agentPhrases(language);
  return new ReplyClauses({
    content,
    clock,
    settings,
    language,
    phrases,
    chatModel: countedPrompts(engines.chatModel, options.conversation),
    conversation: options.conversation.id,
    ...watch,
    countsTokens: output.replyProgress !== undefined || settings.maxPromptTokens !== null,
    isWritten,
    onFailed: (error, reason, hasText) => {
      // Before anybody is told, which makes it the next one's second.
      const sentence = failures.sentence(reason, hasText, phrases);
      watch.onFailed(error, reason);
      return sentence;
    },
  });
}

/** Sound of a reply. @param watch told of it, and ends it */
export function replySound(
  options: ReplyOptions,
  watch: Omit<
    ReplySoundOptions,
    "synthesizer" | "voice" | "language" | "settings" | "onSilent" | "clauses"
  > & {
    clauses: ReplyClauses;
    tools: ToolBox | null;
    limit: ReplyLimit;
  },
): ReplySound {
  const { voice, language, settings, isWritten: isRead } = options;
  const { budget, onSpent } = watch.limit;
  const { noAnswer, onlyWritten } = agentPhrases(language);
  return new ReplySound({
    voice,
    language,
    settings: isRead ? { ...settings, sentencePauseMs: 0 } : settings,
    synthesizer: limitedVoice(voiceOf(options), { budget, onSpent, isWritten: isRead }),
    ...watch,
    onSilent: (isWritten) => {
      if (budget.isSpent || watch.clauses.isSilenceChosen || watch.tools?.endsAnswer === true)
        return null;
      return isWritten ? onlyWritten : noAnswer;
    },
  });
}

function voiceOf({ engines, isWritten, voiceSpeed }: ReplyOptions): Synthesizer {
  const { synthesizer } = engines;
  if (isWritten) return writtenVoice(synthesizer);
  return voiceSpeed === 1 ? synthesizer : pacedVoice(synthesizer, voiceSpeed);
}
