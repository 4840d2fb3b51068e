import type { TurnDetector, TurnQuestion, UtteranceKind } from "../contracts/turn-detector";
import { kindOfUtterance } from "./utterance-kind";

/** What the words make of an utterance, and the recogniser's own sign that it is over. */
const withSign: Readonly<Record<UtteranceKind, UtteranceKind>> = {
  asked: "asked",
  told: "asked",
  unsure: "told",
  // Figures go on after any sign, and so do words that lack their end.
  open: "open",
  row: "row",
};

/** Estimates from the words whether a turn is over, and from the sign that some recognisers give. */
export class TranscriptTurnDetector implements TurnDetector {
  estimate({ text, heardEnding, ...context }: Omit<TurnQuestion, "recentAudio">) {
    const kind = kindOfUtterance(text, context);
    return Promise.resolve(heardEnding === "end-of-utterance" ? withSign[kind] : kind);
  }
}
