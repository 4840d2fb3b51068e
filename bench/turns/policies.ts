import type { TurnDetector } from "@parley/inference/contracts/turn-detector";
import type { SessionSettings } from "@parley/inference/session/settings";
import { TranscriptTurnDetector } from "@parley/inference/turn/transcript-turn-detector";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";

/** How a session takes turns. */
export type Policy = {
  name: string;
  turnDetector: TurnDetector;
  settings: Partial<SessionSettings>;
  answers: AgentSettings["answers"];
  /** Speech of anybody that interrupts, whatever is said, ms; null where words decide. */
  interruptingSpeechMs: number | null;
};

/** The product's own, with its own settings. */
const parley: Policy = {
  name: "parley",
  turnDetector: new TranscriptTurnDetector(),
  settings: {},
  answers: "when-addressed",
  interruptingSpeechMs: null,
};

const silenceMs = 200;

/**
 * The rule of NVIDIA's simple voice bot: a turn is over after 0.2 s of silence, any 0.2 s of speech
 * interrupts, everything is answered, nothing is taken back. Its other bot asks Smart Turn after
 * those 0.2 s, and waits 3 s where that is not sure; that model is not installed here.
 */
const silence: Policy = {
  name: "silence-200",
  turnDetector: { estimate: () => Promise.resolve("asked") },
  settings: {
    silenceStopMs: silenceMs,
    shortestWaitMs: silenceMs,
    statementWaitMs: silenceMs,
    unsureWaitMs: silenceMs,
    longestWaitMs: silenceMs,
    // It neither ducks nor holds; a turn that was cut stays cut; its own voice is anybody's.
    duckAfterSpeechMs: Infinity,
    holdAfterSpeechMs: Infinity,
    lateCorrectionMs: 0,
    echoWarmUpMs: 0,
    echoDelayMs: 0,
    echoMemoryMs: 0,
  },
  answers: "always",
  interruptingSpeechMs: silenceMs,
};

/** The product's policy and the reference's, in the order in which they are shown. */
export const policies: readonly Policy[] = [parley, silence];
