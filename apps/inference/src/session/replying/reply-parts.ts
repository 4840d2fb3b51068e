import type { Clock } from "@parley/shared/async/clock";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
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
import { ReplyClauses, type ReplyClausesOptions, type ReplyContent } from "./reply-clauses";
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
  conversation: Conversation;
  /** Null where the agent has none. */
  tools: ToolsOfReplies | null;
  /** It is read, not heard. */
  isWritten: boolean;
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

/** Clauses of a reply in the voice's language. @param watch told of them, and ends them */
export function replyClauses(
  { content, engines, clock, settings, failures, output, isWritten }: ReplyOptions,
  watch: Omit<ReplyClausesOptions, "onFailed" | SharedOptions> & {
    onFailed: (error: Error, reason: ChatFailureReason) => void;
  },
): ReplyClauses {
  const language = languageOf(engines);
  const phrases = agentPhrases(language);
  return new ReplyClauses({
    ...{ content, clock, settings, language, phrases, chatModel: engines.chatModel },
    ...watch,
    ...{ countsTokens: output.replyProgress !== undefined, isWritten },
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
  { engines, voice, settings, isWritten: isRead }: ReplyOptions,
  watch: Omit<ReplySoundOptions, "synthesizer" | "voice" | "settings" | "onSilent" | "clauses"> & {
    clauses: ReplyClauses;
    tools: ToolBox | null;
  },
): ReplySound {
  const { noAnswer, onlyWritten } = agentPhrases(languageOf(engines));
  return new ReplySound({
    ...{ voice, settings: isRead ? { ...settings, sentencePauseMs: 0 } : settings },
    synthesizer: isRead ? writtenVoice(engines.synthesizer) : engines.synthesizer,
    ...watch,
    onSilent: (isWritten) => {
      if (watch.clauses.isSilenceChosen || watch.tools?.endsAnswer === true) return null;
      return isWritten ? onlyWritten : noAnswer;
    },
  });
}

function languageOf({ synthesizer }: ReplyOptions["engines"]): string {
  return synthesizer.languages?.[0] ?? "en";
}
