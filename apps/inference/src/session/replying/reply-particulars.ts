import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { ConversationLanguage } from "../conversation-language";
import type { RoomTools } from "../tools/room-tools";
import type { SessionManner } from "../session-manner";
import type { SessionOutput } from "../session-output";
import { toolsOfClient } from "../tools/client-tools";
import type { Conversation } from "./conversation";
import type { ReplyContent } from "./reply-clauses";
import type { ReplyOptions } from "./reply-parts";
import type { ReplyRequest } from "./reply-request";
import { systemPrompt } from "./system-prompt";

/** What replies of a session depend on. */
export type ReplySession = {
  agent: AgentSettings;
  manner: SessionManner;
  language: Pick<ConversationLanguage, "spoken">;
  /** The operator's. */
  tools: RoomTools;
  output: SessionOutput;
  conversation: Conversation;
};

/** @returns the system prompt of a reply @param request null for one of the agent's own accord */
export function promptOf(
  request: ReplyRequest | null,
  { agent, manner, language, tools }: ReplySession,
  memberNames: readonly string[],
): string {
  const { instructions = agent.instructions, isWritten = manner.isWritten } = request ?? {};
  const clientTools = request?.clientTools ?? manner.clientTools;
  const hasTools = clientTools === null ? !tools.isEmpty : clientTools.offers.length > 0;
  const form = { hasTools, isWritten, language: language.spoken };
  return systemPrompt({ ...agent, instructions }, memberNames, form);
}

type ReplyParticulars = Pick<
  ReplyOptions,
  "voice" | "language" | "voiceSpeed" | "isWritten" | "maxTokens" | "tools" | "conversation"
>;

/** Voice, form, length and tools of a reply: as they were asked for, else the session's. */
export function replyParticulars(content: ReplyContent, session: ReplySession): ReplyParticulars {
  const { agent, manner, language, tools, output, conversation } = session;
  const request = content.type === "conversation" ? content.request : null;
  const { isForgotten } = content.type === "text" ? content : (request ?? {});
  const clientTools = request?.clientTools ?? manner.clientTools;
  return {
    conversation: isForgotten === true ? conversation.aside() : conversation,
    voice: request?.voice ?? agent.voice,
    language: language.spoken,
    voiceSpeed: manner.voiceSpeed,
    isWritten: request?.isWritten ?? manner.isWritten,
    maxTokens: request?.maxTokens === undefined ? manner.maxReplyTokens : request.maxTokens,
    tools: clientTools === null ? tools : toolsOfClient(clientTools, output),
  };
}
