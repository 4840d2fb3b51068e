import type { SessionSettings } from "./settings";
import { isBackchannel, isStopPhrase, mayBecomeBackchannel } from "./words/backchannel";
import { isEcho, mayBecomeEcho } from "./words/echo";

/** Speech over a reply, as far as it is known. */
export type Intrusion = {
  /** Words so far. */
  text: string;
  isSpeaking: boolean;
  /** The words will not change any more. */
  isSettled: boolean;
  speechMs: number;
  /** Text of the reply's last moments: it may come back through a microphone. */
  recentReplyText: string;
};

/**
 * - `ignore`: too short to tell, or noise
 * - `hold`: duck; the next words will tell
 * - `interrupt`: it is meant
 * - `resume`: it was nothing
 */
export type BargeInVerdict = "ignore" | "hold" | "interrupt" | "resume";

type BargeInSettings = Pick<
  SessionSettings,
  "holdAfterSpeechMs" | "backchannelLimitMs" | "wordlessLimitMs"
>;

/** Judges whether speech over a reply is meant to interrupt it. */
export function judgeBargeIn(intrusion: Intrusion, settings: BargeInSettings): BargeInVerdict {
  const { text, speechMs } = intrusion;
  if (isStopPhrase(text)) return "interrupt";
  const isWordless = text === "";
  const isOver = !intrusion.isSpeaking && intrusion.isSettled;

  if (isOver) {
    if (isWordless || isBackchannel(text)) return "resume";
    return isEcho(text, intrusion.recentReplyText) ? "resume" : "interrupt";
  }
  if (isWordless) {
    if (speechMs >= settings.wordlessLimitMs) return "resume";
  } else if (!mayBecomeEcho(text, intrusion.recentReplyText)) {
    const isForListening = mayBecomeBackchannel(text) && speechMs < settings.backchannelLimitMs;
    if (!isForListening) return "interrupt";
  }
  return speechMs >= settings.holdAfterSpeechMs ? "hold" : "ignore";
}
