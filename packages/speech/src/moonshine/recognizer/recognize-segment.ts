import type { Recognition } from "../../contracts/recognizer";
import type { TokenBooster } from "../../recognition/boosting/token-booster";
import { decode, tokenLimit, type Decoding, type Hypothesis } from "../decoding/decode";
import type { EncodedSound } from "../model/decoder-passes";
import type { MoonshineModel } from "../model/moonshine-model";
import type { SegmentSound } from "../segments/segment-sound";
import { placeWords } from "../segments/word-times";
import { isBelievable } from "../transcript/believable";
import { joinWords, toTokenWords, type TokenWord } from "../transcript/token-words";

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

/** A half shorter than this holds no word: 0.4 s. */
const leastHalfWindows = 13;
/**
 * Without a witness: "Thanks." alone, which it does not know, stands at −0.02. Of 110 sounds without
 * speech the highest with words stood at −0.44.
 */
const leastUnwitnessed = -0.2;
/**
 * Silence at the end of a text, 190 ms at least: where a room cuts utterances 128 ms after the last
 * sound, more words were wrong (19 of 269 for 14). Half a second is no better, and puts a full stop
 * behind those who only pause.
 */
const quietEndWindows = 6;

/** The model's best guess at a segment in growth, as long as it has become when its turn comes. */
export function guessSegment(recognition: SegmentRecognition): Promise<SegmentGuess> {
  const { sound, draft } = recognition;
  return guessAt(recognition, draft, (windows) => sound.view(0, windows));
}

/**
 * The settled words of a segment: its best guess if that can be believed. One that is empty or ran
 * into the limit of tokens is tried again in two halves; merely doubtful ones are not, since that
 * made words worse (6.4 to 8.1 % on 106 recordings). What comes to nothing leaves the words that
 * two guesses had agreed on before.
 */
export async function settleSegment(
  recognition: SegmentRecognition & {
    /** Words that two guesses agreed on. */
    agreed: readonly TokenWord[];
    /** The witness has heard a word too; only what is sure is believed without. */
    isWitnessed: boolean;
  },
): Promise<{ settled: Recognition; guess: Hypothesis }> {
  const { sound, draft, agreed, isWitnessed } = recognition;
  const { guess, windows } = await guessAt(recognition, draft, (to) =>
    sound.quietlyEnded(0, to, quietEndWindows),
  );
  if (!isWitnessed && !isBelievable(guess, leastUnwitnessed)) {
    return { settled: nothingHeard, guess };
  }
  if (isBelievable(guess)) return { settled: toRecognition(guess, sound, 0, windows), guess };
  const isLost = guess.isTruncated || toTokenWords(guess.tokens).length === 0;
  const again =
    isLost && windows >= 2 * leastHalfWindows
      ? await settleHalves(recognition, windows)
      : nothingHeard;
  const settled = again.words.length >= agreed.length ? again : placed(agreed, sound, 0, windows);
  return { settled, guess };
}

export function joinRecognitions(parts: readonly Recognition[]): Recognition {
  return {
    text: joinWords(parts.filter(({ text }) => text !== "")),
    tokens: parts.flatMap(({ tokens }) => tokens),
    words: parts.flatMap(({ words }) => words),
  };
}

async function settleHalves(
  recognition: SegmentRecognition,
  windows: number,
): Promise<Recognition> {
  const { sound } = recognition;
  const middle = sound.quietestWindow(Math.floor(windows / 3), Math.ceil((2 * windows) / 3));
  const halves: Recognition[] = [];
  for (const [from, to] of [
    [0, middle],
    [middle, windows],
  ] as const) {
    const { guess } = await guessAt(recognition, [], () =>
      sound.quietlyEnded(from, to, quietEndWindows),
    );
    halves.push(toRecognition(guess, sound, from, to));
  }
  return joinRecognitions(halves);
}

/** @param samplesOf the sound to be heard, of a segment with so many windows */
async function guessAt(
  { model, sound, booster, run }: SegmentRecognition,
  draft: readonly number[],
  samplesOf: (windows: number) => Float32Array,
): Promise<SegmentGuess> {
  let windows = 0;
  const encoded = await run(() => {
    windows = sound.probabilities.length;
    return model.encode(samplesOf(windows));
  });
  const passes = model.decoderOver(encoded);
  const maxTokens = tokenLimit(encoded.samples);
  return { guess: await decode({ passes, draft, maxTokens, booster, run }), windows };
}

function toRecognition(
  hypothesis: Hypothesis,
  sound: SegmentSound,
  from: number,
  to: number,
): Recognition {
  if (!isBelievable(hypothesis)) return nothingHeard;
  return placed(toTokenWords(hypothesis.tokens), sound, from, to);
}

function placed(
  words: readonly TokenWord[],
  sound: SegmentSound,
  from: number,
  to: number,
): Recognition {
  return { text: joinWords(words), ...placeWords(words, sound, from, to) };
}
