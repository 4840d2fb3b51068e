import type { Recognition } from "../../contracts/recognizer";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import { decode, tokenLimit, type Decoding, type Hypothesis } from "../decoding/decode";
import type { EncodedSound } from "../model/decoder-passes";
import type { MoonshineModel } from "../model/moonshine-model";
import type { SegmentSound } from "../segments/segment-sound";
import { placeWords } from "../segments/word-times";
import { isBelievable } from "../transcript/believable";
import { joinWords, toTokenWords } from "../transcript/token-words";

/** The parts of a model that hearing uses; tests replace them. */
export type SegmentModel = Pick<MoonshineModel, "encode"> & {
  decoderOver(sound: EncodedSound): Decoding["passes"];
};

export type SegmentRecognition = {
  model: SegmentModel;
  sound: SegmentSound;
  /** Tokens of the latest hypothesis about the beginning of this sound. */
  draft: readonly number[];
  /** Phrases to be preferred. */
  booster: TokenBooster | null;
  /** Runs one graph when it is its turn. */
  run: <Result>(task: () => Promise<Result>) => Promise<Result>;
};

export const nothingHeard: Recognition = { text: "", tokens: [], words: [] };

/** A best guess, and the number of windows that it is about. */
export type SegmentGuess = { guess: Hypothesis; windows: number };

/** The model's best guess at the segment, as long as it has become when its turn comes. */
export async function guessSegment({
  model,
  sound,
  draft,
  booster,
  run,
}: SegmentRecognition): Promise<SegmentGuess> {
  let windows = 0;
  const encoded = await run(() => {
    windows = sound.probabilities.length;
    return model.encode(sound.view(0, windows));
  });
  const maxTokens = tokenLimit(encoded.samples);
  const guess = await decode({
    passes: model.decoderOver(encoded),
    draft,
    maxTokens,
    booster,
    run,
  });
  return { guess, windows };
}

/**
 * The settled words of a segment: its best guess if that can be believed. One that is empty or ran
 * into the limit of tokens is tried again in two halves; merely doubtful ones are not, since that
 * made words worse (6.4 to 8.1 % on 106 recordings).
 */
export async function settleSegment(
  recognition: SegmentRecognition,
): Promise<{ settled: Recognition; guess: Hypothesis }> {
  const { sound } = recognition;
  const { guess, windows: length } = await guessSegment(recognition);
  const isLost = guess.isTruncated || toTokenWords(guess.tokens).length === 0;
  if (!isLost || length < 2 * leastHalfWindows) {
    return { settled: toRecognition(guess, sound, 0, length), guess };
  }
  const middle = sound.quietestWindow(Math.floor(length / 3), Math.ceil((2 * length) / 3));
  const first = await guessWindows(recognition, 0, middle);
  const second = await guessWindows(recognition, middle, length);
  const settled = joinRecognitions([
    toRecognition(first, sound, 0, middle),
    toRecognition(second, sound, middle, length),
  ]);
  return { settled, guess };
}

/** A half shorter than this holds no word: 0.4 s. */
const leastHalfWindows = 13;

export function joinRecognitions(parts: readonly Recognition[]): Recognition {
  return {
    text: joinWords(parts.filter(({ text }) => text !== "")),
    tokens: parts.flatMap(({ tokens }) => tokens),
    words: parts.flatMap(({ words }) => words),
  };
}

async function guessWindows(
  { model, sound, booster, run }: SegmentRecognition,
  from: number,
  to: number,
): Promise<Hypothesis> {
  const encoded = await run(() => model.encode(sound.view(from, to)));
  const maxTokens = tokenLimit(encoded.samples);
  return await decode({ passes: model.decoderOver(encoded), draft: [], maxTokens, booster, run });
}

function toRecognition(
  hypothesis: Hypothesis,
  sound: SegmentSound,
  from: number,
  to: number,
): Recognition {
  if (!isBelievable(hypothesis)) return nothingHeard;
  const words = toTokenWords(hypothesis.tokens);
  return { text: joinWords(words), ...placeWords(words, sound, from, to) };
}
