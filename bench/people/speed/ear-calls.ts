import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";

/** Calls of an ear in a process of its own, so that its processor time and memory are told apart. */
export type EarCalls = {
  /** Opens it with voice activity beside it; `cores` as taskset takes them, null for all. */
  load(request: { choice: RecognizerChoice; cores: string | null }): Promise<LoadAnswer>;
  /** One speaker, at the pace of speech, without voice activity of a room. */
  partials(request: { recordings: Int16Array[] }): Promise<PartialsAnswer>;
  /** An utterance at the pace of speech, `times` over: from the end of its voice to its words, in ms. */
  finals(request: { speech: Int16Array; lengthMs: number; times: number }): Promise<number[]>;
  /** Speakers who talk at the same time, at the pace of speech, each in a room of their own. */
  speakers(request: SpeakersRequest): Promise<SpeakersAnswer>;
};

export type LoadAnswer = { name: string; loadMs: number; residentBytes: number };

export type PartialsAnswer = {
  /** Processor time of the process in each stretch of `stepMs`. */
  costMs: number[];
  stepMs: number;
};

export type SpeakersRequest = {
  count: number;
  seconds: number;
  /** Utterances; each speaker says them in an order of their own, with a pause after each. */
  recordings: Int16Array[];
};

export type SpeakersAnswer = {
  /** Of the whole process, voice activity included. */
  cpuMs: number;
  wallMs: number;
  residentBytes: number;
  turns: number;
  /** From the end of voice activity to the settled words, of each pause. */
  settleMs: number[];
  /** From the beginning of a turn's speech to the first words shown. */
  firstWordsMs: number[];
  /** What went wrong: the text of the first failure of each speaker, as "at capacity". */
  failures: string[];
};
