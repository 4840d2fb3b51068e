import { z } from "zod";
import { memberIdSchema, replyIdSchema, turnIdSchema } from "./ids";

const stamp = z.number().nullable();

/**
 * When each part of one exchange happened: Unix time in milliseconds (fractions allowed), null when
 * it never did. Successive stamps subtract to the parts of the latency budget.
 */
export const turnTimingsSchema = z.object({
  turnId: turnIdSchema,
  replyId: replyIdSchema,
  memberId: memberIdSchema,
  /** Arrival at the tap of the last audio that held speech. */
  speechEndedAtMs: stamp,
  /** Voice activity detection closed the speech. */
  vadStoppedAtMs: stamp,
  /** The words were settled. */
  transcriptFinalAtMs: stamp,
  /** Turn-taking gave the agent the floor. */
  turnDecidedAtMs: stamp,
  /** First text of the chat model. */
  chatFirstTextAtMs: stamp,
  /** First clause handed to the synthesiser. */
  firstClauseAtMs: stamp,
  /** First synthesised audio. */
  firstAudioAtMs: stamp,
  /** The pacer put the reply's first frame on the wire. */
  playoutStartedAtMs: stamp,
});
export type TurnTimings = z.infer<typeof turnTimingsSchema>;
