import type { LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { GivenLine } from "./replying/conversation";
import type { ReplyRequest } from "./replying/reply-request";
import type { SessionManner } from "./session-manner";
import type { SessionSettings } from "./settings";

/** Change of the conversation from outside: nobody is asked anything by it. */
export type ConversationEdit =
  /** @param afterId the line before it; null for the first place, absent for the last */
  | { type: "line-added"; line: GivenLine; afterId?: string | null }
  | { type: "line-removed"; lineId: string }
  /** What was heard of a reply, as whoever heard it says. */
  | { type: "reply-corrected"; replyId: ReplyId; text: string; isInterrupted: boolean };

/** What goes into a session: the agent link's requests, and those of others who open one. */
export type SessionInput =
  | Exclude<LinkRequest, { type: "session-open" }>
  /** 16 kHz; `stampMs` is the Unix time at which it reached the tap. */
  | { type: "microphone"; memberId: MemberId; samples: Int16Array; stampMs: number }
  /** The member's turn is over with the sound so far. */
  | { type: "turn-commit"; memberId: MemberId }
  /** The member's sound so far is forgotten. */
  | { type: "turn-discard"; memberId: MemberId }
  /** An answer is wanted now, to the conversation as it stands. */
  | { type: "answer-asked"; request: ReplyRequest }
  /** Another agent, or another manner, from the next reply on; members are heard anew. */
  | {
      type: "session-changed";
      agent: AgentSettings;
      manner: SessionManner;
      settings: SessionSettings;
    }
  | ConversationEdit;
