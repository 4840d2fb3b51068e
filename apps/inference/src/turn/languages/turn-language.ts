/** Lengths at which figures that are told one by one are whole. */
export type FigureLengths = {
  /** What they are said to be: "phone", "zip". */
  readonly nouns: ReadonlySet<string>;
  readonly lengths: readonly number[];
  /** Those of numbers that begin with a zero, where they differ: a prefix is told with them. */
  readonly afterZero?: readonly number[];
  /** Figures of which nothing is said are mostly of this kind. */
  readonly isUsual?: true;
};

/** What one language's words say about the end of an utterance; words are normalised. */
export type TurnLanguage = {
  /** Hesitations. */
  readonly fillers: ReadonlySet<string>;
  /** Words that do not end a sentence. */
  readonly danglingWords: ReadonlySet<string>;
  /** Endings of two words and more that call for more, though their last word alone would not. */
  readonly danglingEndings: readonly string[];
  /** Whole utterances that are usually the beginning of more. */
  readonly openings: ReadonlySet<string>;
  /** Interjections and conjunctions that a sentence may begin with: what follows tells its kind. */
  readonly leadIns: ReadonlySet<string>;
  /**
   * Words with which no sentence begins: what does goes on with the one before, whose full stop the
   * recogniser wrote for a pause.
   */
  readonly tailWords: ReadonlySet<string>;
  /** Words that may do so: a few words after one of them go on, a whole sentence may be its own. */
  readonly prepositions: ReadonlySet<string>;
  /** First words of questions. */
  readonly questionWords: ReadonlySet<string>;
  /** Words that end a question, though they would leave a statement incomplete. */
  readonly questionEndings: ReadonlySet<string>;
  /** Words of the shortest question that asks all: "comment ça" has two. */
  readonly shortestQuestion: number;
  /** First words of requests. */
  readonly requestWords: ReadonlySet<string>;
  /** Words of "please": before a sentence they make it a request, behind it they end it. */
  readonly courtesies: readonly (readonly string[])[];
  /** Particles that end a request: "turn it on". */
  readonly requestEndings: ReadonlySet<string>;
  /** Whole utterances that ask the agent to do something. */
  readonly commands: ReadonlySet<string>;
  /** Whole utterances that lack nothing, such as answers and greetings. */
  readonly completeAnswers: ReadonlySet<string>;
  /** Figures, as they are said one by one. */
  readonly digits: ReadonlySet<string>;
  /** Those of them that mean 0: telephone numbers may begin with one. */
  readonly zeros: ReadonlySet<string>;
  /** Those of them that repeat the next, and how often it is told then: "double five". */
  readonly repeats: ReadonlyMap<string, number>;
  /** Words of a number, figures included. */
  readonly numberWords: ReadonlySet<string>;
  /** Words of sums between two numbers. */
  readonly operators: ReadonlySet<string>;
  /** Things that are told figure by figure. */
  readonly figureNouns: ReadonlySet<string>;
  /** When such figures are whole. */
  readonly figureLengths: readonly FigureLengths[];
  /** Word before the code of a country. */
  readonly plus: string;
  /** Words before which or after which somebody spells. */
  readonly spellingWords: ReadonlySet<string>;
  /** Words that say that an address is asked for. */
  readonly addressWords: ReadonlySet<string>;
  /** Words that say that a name is asked for. */
  readonly nameWords: ReadonlySet<string>;
  /** Words before the first number of a sum or a range: another is to come. */
  readonly beforeFirstNumber: readonly string[];
  readonly articles: ReadonlySet<string>;
  /** Words that mostly precede a noun when they follow an article. */
  readonly adjectives: ReadonlySet<string>;
  /** Conjunctions before the last part of a list. */
  readonly listEnds: ReadonlySet<string>;
  /**
   * Judges the last words where word lists do not suffice.
   *
   * @param words of the last sentence, its lead-ins included
   * @returns null when the lists decide
   */
  readonly grammar?: (
    words: readonly string[],
    isQuestionMarked: boolean,
  ) => "open" | "whole" | null;
};

export function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** @param list utterances, a line or a bar between two */
export function phrases(list: string): ReadonlySet<string> {
  return new Set(
    list
      .split(/[|\n]/)
      .map((phrase) => phrase.trim())
      .filter((phrase) => phrase !== ""),
  );
}

const none: ReadonlySet<string> = new Set();

/** A language of which nothing is known. */
export const neutralLanguage: TurnLanguage = {
  fillers: none,
  danglingWords: none,
  danglingEndings: [],
  openings: none,
  leadIns: none,
  tailWords: none,
  prepositions: none,
  questionWords: none,
  questionEndings: none,
  shortestQuestion: 2,
  requestWords: none,
  courtesies: [],
  requestEndings: none,
  commands: none,
  completeAnswers: none,
  digits: none,
  zeros: none,
  repeats: new Map(),
  numberWords: none,
  operators: none,
  figureNouns: none,
  // Without words there are only numerals: local, national and foreign numbers.
  figureLengths: [{ nouns: none, lengths: [7, 10, 11], isUsual: true }],
  plus: "plus",
  spellingWords: none,
  addressWords: none,
  nameWords: none,
  beforeFirstNumber: [],
  articles: none,
  adjectives: none,
  listEnds: none,
};
