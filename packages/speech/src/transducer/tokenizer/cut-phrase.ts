import { AppError } from "@parley/shared/errors";
import { ModelError } from "@parley/nemo-onnx/errors";
import { readSentencePieceModel } from "@parley/nemo-onnx/sentencepiece/read-sentencepiece-model";
import { SentencePieceEncoder } from "@parley/nemo-onnx/sentencepiece/sentencepiece-encoder";
import type { Vocabulary } from "./vocabulary";
import { createGreedyCut } from "./greedy-cut";

type CutOptions = {
  /** False for text that continues a word, without a space before it. */
  startsWord?: boolean;
};
/** @returns ids, or null for text that the pieces cannot spell */
type Cut = (text: string, startsWord: boolean) => number[] | null;

/** Cache of cuts: reading a model takes milliseconds, and phrases come one by one. */
const cuts = new WeakMap<Vocabulary, Cut>();

/**
 * Tokens of a phrase: by SentencePiece where its model is known, else greedily, the longest piece
 * first.
 *
 * @returns ids; empty for a phrase with characters that the vocabulary lacks
 * @throws AppError `model-mismatch` when the SentencePiece model belongs to another vocabulary
 */
export function cutPhrase(
  vocabulary: Vocabulary,
  text: string,
  { startsWord = true }: CutOptions = {},
): number[] {
  let cut = cuts.get(vocabulary);
  if (cut === undefined) {
    cut = createCut(vocabulary);
    cuts.set(vocabulary, cut);
  }
  const words = text.trim().replace(/\s+/g, " ");
  return words === "" ? [] : (cut(words, startsWord) ?? []);
}

function createCut({ pieces, sentencePieceModel }: Vocabulary): Cut {
  if (sentencePieceModel === null) {
    const cut = createGreedyCut(pieces);
    return (text, startsWord) => cut((startsWord ? " " : "") + text);
  }
  try {
    return createSentencePieceCut(pieces, sentencePieceModel);
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    throw new AppError("model-mismatch", cause.message, { cause });
  }
}

function createSentencePieceCut(pieces: readonly string[], bytes: Uint8Array): Cut {
  const model = readSentencePieceModel(bytes, "SentencePiece model");
  const strange = model.pieces.findIndex(({ text }, id) => text !== pieces[id]);
  if (strange >= 0) {
    throw new AppError(
      "model-mismatch",
      `id ${strange} is "${model.pieces[strange]?.text ?? ""}" in the SentencePiece model and ` +
        `"${pieces[strange] ?? ""}" in the vocabulary`,
    );
  }
  const atWord = new SentencePieceEncoder(model);
  const withinWord = new SentencePieceEncoder({
    ...model,
    normalizer: { ...model.normalizer, addsDummyPrefix: false },
  });
  return (text, startsWord) => {
    const ids = (startsWord ? atWord : withinWord).encode(text);
    return ids.includes(model.unknown) ? null : ids;
  };
}
