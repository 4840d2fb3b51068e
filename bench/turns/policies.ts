import type { TurnDetector } from "@parley/inference/contracts/turn-detector";
import type { SessionSettings } from "@parley/inference/session/settings";
import { turnsBySilence } from "@parley/inference/session/turns-by-silence";
import { SilenceTurnDetector } from "@parley/inference/turn/silence-turn-detector";
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

/**
 * The rule of NVIDIA's simple voice bot, which `TURNS=silence` has too: a turn is over after 0.2 s of
 * silence, any 0.2 s of speech interrupts, everything is answered, nothing is taken back. Its other
 * bot asks Smart Turn after those 0.2 s, and waits 3 s where that is not sure; that model is not
 * installed here.
 */
const silence: Policy = {
  name: "silence-200",
  turnDetector: new SilenceTurnDetector(),
  settings: {
    ...turnsBySilence,
    // Its own voice is anybody's, and so is a television's.
    isOwnVoiceGated: false,
    echoWarmUpMs: 0,
    echoDelayMs: 0,
    echoMemoryMs: 0,
    backgroundBelowDb: Infinity,
  },
  answers: "always",
  interruptingSpeechMs: turnsBySilence.interruptingSpeechMs,
};

/** The product's policy and the reference's, in the order in which they are shown. */
export const policies: readonly Policy[] = [parley, silence];
