import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { LinkFrame } from "@parley/shared/protocol/link-frame";

/** Outputs of a session: notices and reply sound. Neither function may throw. */
export type SessionOutput = {
  notice(notice: LinkNotice): void;
  replyAudio(frame: LinkFrame): void;
};
