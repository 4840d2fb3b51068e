import type { Segment } from "./segment";
import type { SentencePieceModel } from "./sentencepiece-model";

/** What the unknown piece costs beyond the least likely one: SentencePiece's `kUnkPenalty`. */
const unknownPenalty = 10;
/** SentencePiece's score of user-defined pieces, above all that training can give. */
const userDefinedScore = -0.1;

/** The best way to a place in the text. */
type Arrival = { score: number; from: number; id: number };

/** Unigram language model: the cut with the highest sum of scores, by Viterbi. */
export class UnigramSegmenter {
  readonly #model: SentencePieceModel;
  readonly #ids: ReadonlyMap<string, number>;
  /** Code points of the longest piece. */
  readonly #longest: number;
  readonly #unknownScore: number;

  /** @param ids of the pieces that text is cut into */
  constructor(model: SentencePieceModel, ids: ReadonlyMap<string, number>) {
    this.#model = model;
    this.#ids = new Map([...ids].filter(([, id]) => model.pieces[id]?.type !== "unused"));
    this.#longest = Math.max(0, ...[...this.#ids.keys()].map((text) => Array.from(text).length));
    const scores = model.pieces.filter(({ type }) => type === "normal").map(({ score }) => score);
    this.#unknownScore = Math.min(...scores) - unknownPenalty;
  }

  segment(normalized: string): Segment[] {
    const characters = Array.from(normalized);
    const arrivals = this.#walk(characters);
    const segments: Segment[] = [];
    let end = characters.length;
    while (end > 0) {
      const arrival = arrivals[end];
      if (arrival === undefined) break;
      segments.push({ text: characters.slice(arrival.from, end).join(""), id: arrival.id });
      end = arrival.from;
    }
    return segments.reverse();
  }

  #walk(characters: readonly string[]): (Arrival | undefined)[] {
    const arrivals: (Arrival | undefined)[] = [{ score: 0, from: 0, id: this.#model.unknown }];
    const reach = (from: number, end: number, id: number, score: number) => {
      const sum = (arrivals[from]?.score ?? 0) + score;
      const best = arrivals[end];
      // SentencePiece sums in single precision; so do we, lest near ties fall otherwise.
      if (best === undefined || sum > best.score) {
        arrivals[end] = { score: Math.fround(sum), from, id };
      }
    };
    for (const from of characters.keys()) {
      let text = "";
      const last = Math.min(characters.length, from + this.#longest);
      for (let end = from + 1; end <= last; end++) {
        text += characters[end - 1] ?? "";
        const id = this.#ids.get(text);
        if (id !== undefined) reach(from, end, id, this.#scoreOf(id));
      }
      if (!this.#ids.has(characters[from] ?? "")) {
        reach(from, from + 1, this.#model.unknown, this.#unknownScore);
      }
    }
    return arrivals;
  }

  #scoreOf(id: number): number {
    const piece = this.#model.pieces[id];
    return piece?.type === "user-defined" ? userDefinedScore : (piece?.score ?? 0);
  }
}
