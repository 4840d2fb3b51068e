import { deflateSync } from "node:zlib";
import type { RecognizedToken, RecognizedWord } from "@parley/speech/contracts/recognizer";
import { cutIntoCues, type Cue } from "@parley/speech/transcripts/cues";
import type { Transcription } from "./transcribe-audio";
import type { TranscriptionForm } from "./transcription-form";

/** OpenAI's transcript with times, in seconds. */
export type VerboseTranscription = {
  task: "transcribe";
  language: string;
  duration: number;
  text: string;
  words?: { word: string; start: number; end: number }[];
  segments?: VerboseSegment[];
  usage: { type: "duration"; seconds: number };
};

type VerboseSegment = {
  id: number;
  /** Start, in frames of 10 ms. */
  seek: number;
  start: number;
  end: number;
  text: string;
  /** Token ids of the model. */
  tokens: number[];
  temperature: 0;
  /** Mean of the logarithms of the words' confidences. */
  avg_logprob: number;
  compression_ratio: number;
  /** Not estimated; segments without speech have no words and are left out. */
  no_speech_prob: 0;
};

export function verboseTranscription(
  heard: Transcription,
  form: Pick<TranscriptionForm, "language" | "timestamp_granularities">,
): VerboseTranscription {
  const { duration, text } = heard;
  const asked = form.timestamp_granularities;
  return {
    task: "transcribe",
    language: form.language === "" ? "en" : form.language,
    duration,
    text,
    ...(asked.includes("word") ? { words: heard.words.map(toWord) } : {}),
    ...(asked.includes("segment") ? { segments: toSegments(heard) } : {}),
    usage: { type: "duration", seconds: Math.ceil(duration) },
  };
}

function toWord({ text, startMs, endMs }: RecognizedWord) {
  return { word: text, start: startMs / 1_000, end: endMs / 1_000 };
}

function toSegments({ words, tokens }: Transcription): VerboseSegment[] {
  const cues = cutIntoCues(words);
  return cues.map((cue, index) => {
    const text = cue.lines.join(" ");
    const fromMs = index === 0 ? 0 : cue.startMs;
    return {
      id: index,
      seek: Math.round(cue.startMs / 10),
      start: cue.startMs / 1_000,
      end: cue.endMs / 1_000,
      text,
      tokens: tokensWithin(tokens, fromMs, cues[index + 1]?.startMs ?? Infinity),
      temperature: 0,
      avg_logprob: meanLogarithm(cue),
      compression_ratio: compressionRatio(text),
      no_speech_prob: 0,
    };
  });
}

function tokensWithin(tokens: readonly RecognizedToken[], fromMs: number, toMs: number): number[] {
  const within = tokens.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  return within.map(({ id }) => id);
}

function meanLogarithm({ words }: Cue): number {
  // A confidence of zero would give minus infinity, which JSON cannot express.
  const logarithms = words.map(({ confidence }) => Math.log(Math.max(confidence, 1e-6)));
  return logarithms.reduce((sum, value) => sum + value, 0) / words.length;
}

/** Ratio of deflate compression, in OpenAI's API the sign of a repetitive text. */
function compressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return bytes.length / deflateSync(bytes).length;
}
