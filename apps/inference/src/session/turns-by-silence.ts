import type { SessionSettings } from "./settings";

const silenceMs = 200;

/**
 * The rule of the voice bot that knows voice activity alone: a turn is over after 0.2 s of silence,
 * any 0.2 s of speech interrupts, nothing is taken back.
 */
export const turnsBySilence = {
  silenceStopMs: silenceMs,
  shortestWaitMs: silenceMs,
  statementWaitMs: silenceMs,
  unsureWaitMs: silenceMs,
  longestWaitMs: silenceMs,
  interruptingSpeechMs: silenceMs,
  duckAfterSpeechMs: Infinity,
  holdAfterSpeechMs: Infinity,
  lateCorrectionMs: 0,
} satisfies Partial<SessionSettings>;
