import type { Patience } from "@parley/shared/protocol/rooms-api";
import type { ConversationLanguage } from "../conversation-language";
import type { Turn } from "./turn";
import type { SessionManner } from "../session-manner";

/** What the speaker's words are judged by, besides themselves. */
export type Setting = {
  readonly language: Pick<ConversationLanguage, "spoken" | "heard" | "refused">;
  readonly patience: Patience;
  readonly turnEnd: SessionManner["turnEnd"];
  /** Question of the agent's that waits for an answer. */
  readonly agentsQuestion: () => string | null;
  /** Names of the agent and of people present. */
  readonly names: () => readonly string[];
  /** The agent may ask for the end of this turn, whose words lack it. */
  readonly mayNudge: (turn: Turn) => boolean;
  /** A reply is heard, and whoever speaks may mean to interrupt it. */
  readonly mayInterrupt: () => boolean;
};
