import { z } from "zod";
import { memberIdSchema, replyIdSchema, turnIdSchema } from "./ids";

const stamp = z.number().nullable();

/**
 * Timestamps of one exchange: Unix time in milliseconds (fractions allowed), null for steps that
 * did not happen. Differences of successive stamps are the parts of the latency budget.
 */
export const turnTimingsSchema = z.object({
  turnId: turnIdSchema,
  replyId: replyIdSchema,
  memberId: memberIdSchema,
  /** The last audio that held speech reached the tap. */
  speechEndedAtMs: stamp,
  /** Voice activity detection closed the speech. */
  vadStoppedAtMs: stamp,
  /** The transcript became final. */
  transcriptFinalAtMs: stamp,
  /** Turn-taking gave the agent the floor. */
  turnDecidedAtMs: stamp,
  /** The chat model's first text arrived. */
  chatFirstTextAtMs: stamp,
  /** The first clause went to the synthesiser. */
  firstClauseAtMs: stamp,
  /** The first synthesised audio arrived. */
  firstAudioAtMs: stamp,
  /** The pacer put the reply's first frame on the wire. */
  playoutStartedAtMs: stamp,
});
export type TurnTimings = z.infer<typeof turnTimingsSchema>;
