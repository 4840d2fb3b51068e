import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";
import type { MissingLanguage } from "./conversation-language";
import type { Turn, TurnChange } from "./hearing/turn";
import type { ReplyStep } from "./replying/reply-progress";

/**
 * Outputs of a session: notices and reply sound, which the agent link carries, and details for those
 * who open a session without one. No function may throw.
 */
export type SessionOutput = {
  notice(notice: LinkNotice): void;
  replyAudio(frame: LinkFrame): void;
  /** Told of each change of a turn. */
  turnChanged?(change: TurnChange): void;
  /** Told once a `turn-commit` is carried out. @param turn null when nothing was said */
  turnCommitted?(turn: Turn | null): void;
  /** Told when the recogniser, or voice activity detection, fails: words of the turn are lost. */
  hearingFailed?(error: Error): void;
  /** Told that the voice, or the recogniser, lacks the agent's language; once for each. */
  languageMissing?(missing: MissingLanguage): void;
  /** Told how a reply comes about, between the notices about it. */
  replyProgress?(step: ReplyStep): void;
};
