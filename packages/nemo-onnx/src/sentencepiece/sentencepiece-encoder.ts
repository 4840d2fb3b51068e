import { ModelError } from "../errors";
import { BpeSegmenter } from "./bpe-segmenter";
import { LongestMatch } from "./longest-match";
import type { Segment } from "./segment";
import type { SentencePieceModel } from "./sentencepiece-model";
import { TextNormalizer } from "./text-normalizer";
import { UnigramSegmenter } from "./unigram-segmenter";

/**
 * Encodes text to ids as the SentencePiece library (0.2) does: normalisation, segmentation by BPE
 * or unigram, and byte pieces or the unknown piece for characters without a piece.
 *
 * @see https://github.com/google/sentencepiece
 */
export class SentencePieceEncoder {
  readonly #unknown: number;
  readonly #normalizer: TextNormalizer;
  readonly #segmenter: BpeSegmenter | UnigramSegmenter;
  /** Ids of the 256 byte pieces; null without byte fallback. */
  readonly #byteIds: readonly number[] | null;

  /** @throws ModelError `malformed` for invalid normaliser rules or missing byte pieces */
  constructor(model: SentencePieceModel) {
    const ids = new Map<string, number>();
    const userDefined: string[] = [];
    for (const [id, { text, type }] of model.pieces.entries()) {
      if (type === "normal" || type === "user-defined" || type === "unused") ids.set(text, id);
      if (type === "user-defined") userDefined.push(text);
    }
    const userDefinedMatch = new LongestMatch(userDefined);
    this.#unknown = model.unknown;
    this.#normalizer = new TextNormalizer(model.normalizer, userDefinedMatch);
    this.#segmenter =
      model.algorithm === "bpe"
        ? new BpeSegmenter(model, ids, userDefinedMatch)
        : new UnigramSegmenter(model, ids);
    this.#byteIds = model.hasByteFallback ? findBytePieces(model) : null;
  }

  /** @returns ids; adjacent characters without a piece become one unknown id */
  encode(text: string): number[] {
    const segments = this.#segmenter.segment(this.#normalizer.normalize(text));
    return segments.flatMap((segment, index) => {
      if (segment.id !== this.#unknown) return segment.id;
      if (this.#byteIds !== null) return this.#toBytes(segment, this.#byteIds);
      return segments[index - 1]?.id === this.#unknown ? [] : segment.id;
    });
  }

  #toBytes({ text }: Segment, byteIds: readonly number[]): number[] {
    return Array.from(new TextEncoder().encode(text), (byte) => byteIds[byte] ?? this.#unknown);
  }
}

function findBytePieces(model: SentencePieceModel): number[] {
  const ids = new Map(
    model.pieces.flatMap(({ text, type }, id) => (type === "byte" ? [[text, id] as const] : [])),
  );
  return Array.from({ length: 256 }, (_, byte) => {
    const text = `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
    const id = ids.get(text);
    if (id === undefined) throw new ModelError("malformed", `byte_fallback without ${text}`);
    return id;
  });
}
