import type { BatchSizes } from "./batch-sizes";
import type { GraphPlacement } from "./graph-placement";

/** Speech to words. One recogniser serves many streams at once. */
export type Recognizer = {
  /** For people: "built-in recogniser". */
  readonly name: string;
  /** For an operator: a fallback taken, a guess not made. */
  readonly remarks: readonly string[];
  /**
   * Mean confidence of a text's words below which it is probably misheard. Absent from engines whose
   * confidence is a probability.
   */
  readonly doubtfulBelow?: number | undefined;
  /** What computes it: "cpu", "webgpu"; absent where it is not known, as of another machine. */
  readonly runsOn?: string | undefined;
  /** Where the nodes of its graphs are computed; absent or empty where that was not told. */
  readonly placements?: readonly GraphPlacement[] | undefined;
  /**
   * Live streams that the device follows at once, as measured while it warmed up. Absent from engines
   * that do not know, such as those on other machines.
   */
  readonly capacity?: number | undefined;
  /**
   * Starts listening to one speaker. Rejects with `model-mismatch` when the model cannot run, and
   * with `at-capacity` when the device could not keep up with one stream more.
   */
  open(options?: RecognizerStreamOptions): Promise<RecognizerStream>;
  /** For an operator; left out by engines that count none. They start anew with each model. */
  batchSizes?(): Promise<BatchSizes>;
  /** Closes its streams and frees the model. Idempotent. */
  close(): Promise<void>;
};

export type RecognizerStreamOptions = {
  /** Names and terms to be preferred over what sounds alike. */
  phrases?: readonly string[];
  /** For models that are told the language, such as "en-US"; others take no notice. */
  language?: string;
  /** The stream may fall behind: a file is no speaker who waits for an answer. */
  isOffline?: boolean;
};

/** A token with its place in the sound since the last reset. */
export type RecognizedToken = {
  /** In the model's vocabulary. */
  id: number;
  startMs: number;
  /** As the model tells, or the length of one of its frames. */
  durationMs: number;
  /** 0 to 1: how sure the model is. */
  confidence: number;
  /** The model knows no times: these were spread over the voiced parts of the sound. */
  isTimeEstimated?: true;
};

export type RecognizedWord = {
  text: string;
  /** Milliseconds since the last reset. */
  startMs: number;
  endMs: number;
  /** That of the least sure token, 0 to 1. */
  confidence: number;
  /** As with tokens: right to about a second, too coarse for subtitles that must fit. */
  isTimeEstimated?: true;
};

/** The model itself heard a turn (`<EOU>`) or a backchannel (`<EOB>`) end. */
export type HeardEnding = {
  type: "end-of-utterance" | "end-of-backchannel";
  /** Milliseconds of sound since the last reset. */
  atMs: number;
  /** 0 to 1. */
  probability: number;
};

/** What is recognised so far; replaced by the next. */
export type PartialRecognition = {
  /** All words since the last reset, with no leading or trailing space. */
  text: string;
  /** What ended within this write. */
  endings: readonly HeardEnding[];
  /** How far the engine is behind: milliseconds of sound in whole chunks that still wait. */
  behindMs: number;
  /**
   * Words have begun, though `text` may not have them yet: what an engine that writes them late hears
   * first. Left out by engines whose text says it at once.
   */
  areWordsComing?: boolean;
};

/** Everything recognised since the last reset. */
export type Recognition = {
  text: string;
  tokens: readonly RecognizedToken[];
  words: readonly RecognizedWord[];
};

/**
 * One speaker's audio. Calls are queued in order; each resolves when its audio has been worked
 * through, so a caller that awaits them is slowed to the engine's pace. An engine may show the words
 * of a live speaker with a later write than that which brought them. A call that fails leaves the
 * stream as after a reset: the next words are heard.
 */
export type RecognizerStream = {
  /** @param samples any number of 16-bit samples at 16 kHz; the caller may reuse their memory */
  write(samples: Int16Array): Promise<PartialRecognition>;
  /**
   * The settled words if the speech ended here, from a *copy* of the state. The stream itself stands
   * as before, so that a speaker who goes on loses nothing.
   */
  peekFinal(): Promise<Recognition>;
  /** The settled words of everything since the last reset, which then starts anew. */
  finish(): Promise<Recognition>;
  /** Forgets everything heard. */
  reset(): Promise<void>;
  /** Replaces the preferred phrases, from the next token on. */
  setPhrases(phrases: readonly string[]): Promise<void>;
  /** Idempotent; queued calls reject with `invalid-state`. */
  close(): void;
};
