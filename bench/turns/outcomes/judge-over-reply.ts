import type { PlayedScene } from "../play-scene";
import type { OverReplyOutcome } from "./outcome";

/** Judges a scene in which something is heard over the agent's first reply. */
export function judgeOverReply({ said, heard, notices }: PlayedScene): OverReplyOutcome {
  const onsetMs = said[0]?.parts[0]?.fromMs ?? 0;
  const replyId = heard[0]?.replyId;
  const isTold = (type: "reply-duck" | "reply-hold" | "reply-cancel") =>
    notices.some(({ atMs, notice }) => {
      return atMs >= onsetMs && notice.type === type && notice.replyId === replyId;
    });
  const isCancelled = isTold("reply-cancel");
  const lastMs = heard.findLast((span) => span.replyId === replyId)?.toMs ?? 0;
  return {
    type: "over-reply",
    isDucked: isTold("reply-duck"),
    isHeld: isTold("reply-hold"),
    isCancelled,
    silentAfterMs: isCancelled ? Math.max(0, Math.round(lastMs - onsetMs)) : null,
  };
}
