import type { TurnDetector, TurnQuestion, UtteranceKind } from "../contracts/turn-detector";
import { kindOfUtterance } from "./utterance-kind";

/** Estimates from the words alone whether a turn is over. */
export class TranscriptTurnDetector implements TurnDetector {
  estimate({ text, ...context }: Omit<TurnQuestion, "recentAudio">): Promise<UtteranceKind> {
    return Promise.resolve(kindOfUtterance(text, context));
  }
}
