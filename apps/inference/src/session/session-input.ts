import type { LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { ConversationEdit } from "./replying/conversation-edit";
import type { ReplyRequest } from "./replying/reply-request";
import type { SessionManner } from "./session-manner";
import type { SessionSettings } from "./settings";

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
