import type { Segment } from "./segment";
import type { SentencePieceModel } from "./sentencepiece-model";

/** Penalty of the unknown piece below the least likely piece: SentencePiece's `kUnkPenalty`. */
const unknownPenalty = 10;
/** SentencePiece's score of user-defined pieces, higher than any trained score. */
const userDefinedScore = -0.1;

/** The best segmentation up to an offset: its last piece begins at `from`. */
type BestPath = { score: number; from: number; id: number };

/** Unigram language model: the segmentation with the highest sum of scores, by Viterbi. */
export class UnigramSegmenter {
  readonly #model: SentencePieceModel;
  readonly #ids: ReadonlyMap<string, number>;
  /** Code points of the longest piece. */
  readonly #longest: number;
  readonly #unknownScore: number;

  /** @param ids ids of the pieces that may occur in a segmentation, by text */
  constructor(model: SentencePieceModel, ids: ReadonlyMap<string, number>) {
    this.#model = model;
    this.#ids = new Map([...ids].filter(([, id]) => model.pieces[id]?.type !== "unused"));
    this.#longest = Math.max(0, ...[...this.#ids.keys()].map((text) => Array.from(text).length));
    const scores = model.pieces.filter(({ type }) => type === "normal").map(({ score }) => score);
    this.#unknownScore = Math.min(...scores) - unknownPenalty;
  }

  segment(normalized: string): Segment[] {
    const characters = Array.from(normalized);
    const paths = this.#findPaths(characters);
    const segments: Segment[] = [];
    let end = characters.length;
    while (end > 0) {
      const path = paths[end];
      if (path === undefined) break;
      segments.push({ text: characters.slice(path.from, end).join(""), id: path.id });
      end = path.from;
    }
    return segments.reverse();
  }

  #findPaths(characters: readonly string[]): (BestPath | undefined)[] {
    const paths: (BestPath | undefined)[] = [{ score: 0, from: 0, id: this.#model.unknown }];
    const extend = (from: number, end: number, id: number, score: number) => {
      const sum = (paths[from]?.score ?? 0) + score;
      const best = paths[end];
      // SentencePiece sums in single precision, and near ties must be decided as it does.
      if (best === undefined || sum > best.score) {
        paths[end] = { score: Math.fround(sum), from, id };
      }
    };
    for (const from of characters.keys()) {
      let text = "";
      const last = Math.min(characters.length, from + this.#longest);
      for (let end = from + 1; end <= last; end++) {
        text += characters[end - 1] ?? "";
        const id = this.#ids.get(text);
        if (id !== undefined) extend(from, end, id, this.#scoreOf(id));
      }
      if (!this.#ids.has(characters[from] ?? "")) {
        extend(from, from + 1, this.#model.unknown, this.#unknownScore);
      }
    }
    return paths;
  }

  #scoreOf(id: number): number {
    const piece = this.#model.pieces[id];
    return piece?.type === "user-defined" ? userDefinedScore : (piece?.score ?? 0);
  }
}
