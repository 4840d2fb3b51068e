import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { RecognizedToken, RecognizedWord } from "../../contracts/recognizer";
import type { TokenWord } from "../transcript/token-words";
import { pieceOf, textOf } from "../transcript/vocabulary";
import { voicedProbability, windowSamples, type SegmentSound } from "./segment-sound";

const windowMs = windowSamples / speechSamplesPerMs;

/** Words and tokens with estimated times. */
export type PlacedWords = { words: RecognizedWord[]; tokens: RecognizedToken[] };

/**
 * Spreads words over the voiced windows of a stretch of sound, each token as long as its letters:
 * the model has no times. Windows are of `sound`, from one to before the other.
 */
export function placeWords(
  words: readonly TokenWord[],
  sound: SegmentSound,
  fromWindow: number,
  toWindow: number,
): PlacedWords {
  const timeAt = voicedTimes(sound, fromWindow, toWindow);
  const letters = words
    .flatMap(({ tokens }) => tokens)
    .reduce((sum, { id }) => sum + lettersOf(id), 0);
  const placed: PlacedWords = { words: [], tokens: [] };
  let spoken = 0;
  for (const { text, tokens } of words) {
    const first = placed.tokens.length;
    for (const { id, logProbability } of tokens) {
      const startMs = timeAt(spoken / letters, "start");
      spoken += lettersOf(id);
      const durationMs = Math.max(0, timeAt(spoken / letters, "end") - startMs);
      const confidence = Math.exp(logProbability);
      placed.tokens.push({ id, startMs, durationMs, confidence, isTimeEstimated: true });
    }
    const own = placed.tokens.slice(first);
    const last = own.at(-1);
    placed.words.push({
      text,
      startMs: own[0]?.startMs ?? 0,
      endMs: (last?.startMs ?? 0) + (last?.durationMs ?? 0),
      confidence: Math.min(...own.map(({ confidence }) => confidence)),
      isTimeEstimated: true,
    });
  }
  return placed;
}

/** Weight of a token; marks take no time, but nothing may weigh nothing. */
function lettersOf(id: number): number {
  return Math.max(0.1, textOf([pieceOf(id)]).replaceAll(/[^\p{L}\p{N}]/gu, "").length);
}

/** @returns the time of a share of the voice, 0 to 1, in milliseconds since the stream's reset */
function voicedTimes(sound: SegmentSound, fromWindow: number, toWindow: number) {
  const all = Array.from({ length: toWindow - fromWindow }, (_, index) => fromWindow + index);
  const heard = all.filter((index) => (sound.probabilities[index] ?? 0) >= voicedProbability);
  const windows = heard.length > 0 ? heard : all;
  const startMs = sound.start / speechSamplesPerMs;
  return (share: number, edge: "start" | "end"): number => {
    const place = Math.min(windows.length, Math.max(0, share * windows.length));
    // Between two windows lies a pause: a word ends before it, and the next one starts after it.
    const index = Math.min(
      windows.length - 1,
      edge === "start" ? Math.floor(place) : Math.ceil(place) - 1,
    );
    const window = windows[Math.max(0, index)] ?? fromWindow;
    return startMs + (window + (place - Math.max(0, index))) * windowMs;
  };
}
