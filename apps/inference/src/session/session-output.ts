import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";

/** Where a session's outputs go. Neither may throw. */
export type SessionOutput = {
  notice(notice: LinkNotice): void;
  replyAudio(frame: LinkFrame): void;
};
