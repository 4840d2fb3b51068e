import type { TurnDetector } from "@parley/inference/contracts/turn-detector";
import type { SessionSettings } from "@parley/inference/session/settings";
import { turnsBySilence } from "@parley/inference/session/turns-by-silence";
import { CombinedTurnDetector } from "@parley/inference/turn/combined-turn-detector";
import { SilenceTurnDetector } from "@parley/inference/turn/silence-turn-detector";
import { TranscriptTurnDetector } from "@parley/inference/turn/transcript-turn-detector";
import type { Clock } from "@parley/shared/async/clock";
import type { AgentSettings } from "@parley/shared/protocol/rooms-api";
import type { EndingDetector } from "@parley/speech/contracts/ending-detector";
import { ProsodyDetector } from "@parley/speech/prosody/prosody-detector";
import { SmartTurnOnly } from "./smart-turn-only";

/** How a session takes turns. */
export type Policy = {
  name: string;
  /** @param counted the same witness, whose work a clock that stands still waits for */
  turnDetector: (clock: Clock, counted: (sound: EndingDetector) => EndingDetector) => TurnDetector;
  settings: Partial<SessionSettings>;
  answers: AgentSettings["answers"];
  /** Speech of anybody that interrupts, whatever is said, ms; null where words decide. */
  interruptingSpeechMs: number | null;
};

const words = new TranscriptTurnDetector();

/** The product's own, with its own settings. */
const parley: Policy = {
  name: "parley",
  turnDetector: withSound(new ProsodyDetector()),
  settings: {},
  answers: "when-addressed",
  interruptingSpeechMs: null,
};

/**
 * The rule of NVIDIA's simple voice bot, which `TURNS=silence` has too: a turn is over after 0.2 s of
 * silence, any 0.2 s of speech interrupts, everything is answered, nothing is taken back.
 */
const silence: Policy = {
  name: "silence-200",
  turnDetector: () => new SilenceTurnDetector(),
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

/**
 * The product's policy with each way to judge the sound, and the rule of the reference's other bot,
 * which asks Smart Turn after 0.2 s, and waits 3 s where that is not sure.
 */
export function policiesBySound(smartTurn: EndingDetector): readonly Policy[] {
  return [
    { ...parley, name: "words", turnDetector: () => words },
    { ...parley, name: "with prosody" },
    { ...parley, name: "with Smart Turn", turnDetector: withSound(smartTurn) },
    {
      ...silence,
      name: "Smart Turn or 3 s",
      turnDetector: (_, counted) => new SmartTurnOnly(counted(smartTurn)),
      settings: { ...silence.settings, longestWaitMs: 3_000 },
    },
  ];
}

function withSound(sound: EndingDetector): Policy["turnDetector"] {
  return (clock, counted) =>
    new CombinedTurnDetector({
      words,
      sound: counted(sound),
      clock,
      onFailed: (error) => {
        throw error;
      },
    });
}
