import { normalizedWords } from "@parley/speech/transcripts/normalized-words";
import type { AudibleReply } from "./audible-reply";
import { isNoise } from "./open-turns";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import {
  isBackchannel,
  isStopPhrase,
  mayBecomeBackchannel,
  mayBecomeStopPhrase,
} from "./words/backchannel";
import { mayBecomeAside, mayBeginAside, mayRefuse, takesFloor } from "./words/aside";
import { isNamed, mayBeginName } from "./words/called-name";
import { isEcho, mayBecomeEcho } from "./words/echo";

/** Speech over a reply, as far as it is known. */
export type Intrusion = {
  /** Words so far. */
  text: string;
  /** What one look found; the next may not agree. */
  guess?: string;
  isSpeaking: boolean;
  /** The words will not change any more. */
  isSettled: boolean;
  speechMs: number;
  /** The recogniser took the words so far for a listening sound. */
  isHeardListening?: boolean;
  /** There are words, though `text` may have none yet. */
  areWordsComing?: boolean;
  /** Text of the reply's last moments: it may come back through a microphone. */
  recentReplyText: string;
  /** Names of the agent and of people present: who calls one wants to speak. */
  names: readonly string[];
  /** The reply just began, and this may go on with what it answers. */
  mayContinue: boolean;
};

/**
 * - `ignore`: too short to tell, or noise
 * - `duck`: go on at low volume; the next words will tell
 * - `hold`: be silent; the next words will tell
 * - `interrupt`: it is meant
 * - `resume`: it was nothing
 */
export type BargeInVerdict = "ignore" | "duck" | "hold" | "interrupt" | "resume";

type BargeInSettings = Pick<
  SessionSettings,
  | "interruptingSpeechMs"
  | "duckAfterSpeechMs"
  | "holdAfterSpeechMs"
  | "asideLimitMs"
  | "unclearLimitMs"
  | "backchannelLimitMs"
  | "wordlessLimitMs"
>;

/** Letters from which on what one look found is mostly what is said. */
const shortestGuess = 4;

/** Judges whether speech over a reply is meant to interrupt it. */
export function judgeBargeIn(intrusion: Intrusion, settings: BargeInSettings): BargeInVerdict {
  const { text, speechMs } = intrusion;
  const takes = () => takesFloor(text, intrusion.names, intrusion.isHeardListening);
  if (isStopPhrase(text) || speechMs >= settings.interruptingSpeechMs) return "interrupt";
  const isWordless = text === "";
  const isOver = !intrusion.isSpeaking && intrusion.isSettled;

  if (isOver) {
    if (isWordless || isBackchannel(text)) return "resume";
    if (isEcho(text, intrusion.recentReplyText)) return "resume";
    const isAside = !takes() && speechMs <= settings.asideLimitMs;
    return isAside ? "resume" : "interrupt";
  }
  if (isWordless) {
    if (isNoise(intrusion, settings)) return "resume";
  } else if (isNoEcho(intrusion)) {
    const limitMs = mayBecomeBackchannel(text)
      ? settings.backchannelLimitMs
      : settings.asideLimitMs;
    if (isMeant(intrusion, settings) || speechMs >= limitMs) return "interrupt";
  }
  // Who was interrupted in a pause hears the agent for as short a time as can be.
  if (intrusion.mayContinue) return "hold";
  // Words that are heard so early were said before voice activity was noticed.
  if (mayRefuse(text) || isGuessMeant(intrusion, settings)) return "hold";
  if (speechMs < settings.duckAfterSpeechMs) return "ignore";
  return isWordless && speechMs >= settings.holdAfterSpeechMs ? "hold" : "duck";
}

/** True for words, still coming in, that want the floor whatever follows. */
function isMeant(
  { text, speechMs, names, isHeardListening }: Intrusion,
  settings: BargeInSettings,
): boolean {
  const isUnclear = mayBecomeAside(text, speechMs < settings.unclearLimitMs);
  if (mayBecomeBackchannel(text) || isUnclear) return false;
  return takesFloor(text, names, isHeardListening);
}

/**
 * What one look found would interrupt, or begins as a name does: enough to be silent, and to see what
 * the next one finds. Few letters are guessed too easily ("we" becomes "really"), and what an aside may
 * begin with waits: "oh what" becomes "oh wow", "how long" "how lovely".
 */
function isGuessMeant(intrusion: Intrusion, settings: BargeInSettings): boolean {
  const { guess = "", names } = intrusion;
  if (isStopPhrase(guess)) return true;
  const words = normalizedWords(guess);
  const [first = ""] = words;
  const isShort = words.join("").length < shortestGuess;
  if (isShort || isBackchannel(first) || mayBeginAside(first)) return false;
  const guessed = { ...intrusion, text: guess };
  if (!isNoEcho(guessed)) return false;
  return isMeant(guessed, settings) || names.some((name) => mayBeginName(guess, name));
}

function isNoEcho(intrusion: Intrusion): boolean {
  return isNamedByAnother(intrusion) || !mayBecomeEcho(intrusion.text, intrusion.recentReplyText);
}

/** A name that the reply did not say: in its own words, misheard, any name may seem to be. */
function isNamedByAnother({ text, names, recentReplyText }: Intrusion): boolean {
  return names.some((name) => isNamed(text, name)) && !isEcho(text, recentReplyText);
}

/** True when what is said as a reply begins goes on with what it answers. */
export function isContinuation({ text, phase }: Turn, { recentText }: AudibleReply): boolean {
  if (text === "" || isStopPhrase(text) || isEcho(text, recentText)) return false;
  if (phase !== "speaking") return !isBackchannel(text);
  const mayBecomeOther = mayBecomeStopPhrase(text) || mayBecomeBackchannel(text);
  return !mayBecomeOther && !mayBecomeEcho(text, recentText);
}
