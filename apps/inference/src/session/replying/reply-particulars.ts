import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { SessionManner } from "../session-manner";
import type { SessionOutput } from "../session-output";
import { toolsOfClient } from "../tools/client-tools";
import type { ToolsOfReplies } from "../tools/reply-tools";
import type { Conversation } from "./conversation";
import type { ReplyContent } from "./reply-clauses";
import type { ReplyOptions } from "./reply-parts";

/** Voice, form and tools of a reply: as they were asked for, else the session's. */
export function replyParticulars(
  content: ReplyContent,
  session: {
    agent: AgentSettings;
    manner: SessionManner;
    /** The operator's. */
    tools: ToolsOfReplies;
    output: SessionOutput;
    conversation: Conversation;
  },
): Pick<ReplyOptions, "voice" | "isWritten" | "tools" | "conversation"> {
  const { agent, manner, tools, output, conversation } = session;
  const request = content.type === "conversation" ? content.request : null;
  const clientTools = request?.clientTools ?? manner.clientTools;
  return {
    conversation: request?.isForgotten === true ? conversation.aside() : conversation,
    voice: request?.voice ?? agent.voice,
    isWritten: request?.isWritten ?? manner.isWritten,
    tools: clientTools === null ? tools : toolsOfClient(clientTools, output),
  };
}
