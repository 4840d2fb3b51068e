import { deflateSync } from "node:zlib";
import type { RecognizedToken, RecognizedWord } from "@parley/speech/contracts/recognizer";
import { cutIntoCues, type Cue } from "@parley/speech/transcripts/cues";
import type { Transcription } from "./transcribe-audio";
import type {
  TranscriptionTask,
  VerboseSegment,
  VerboseTranscription,
} from "./transcription-answers";
import type { TranscriptionForm } from "./transcription-form";

export function verboseTranscription(
  heard: Transcription,
  form: TimesForm,
  task: TranscriptionTask,
): VerboseTranscription {
  const { duration, text } = heard;
  const { timestamp_granularities: given } = form;
  const asked = given.length === 0 ? ["segment"] : given;
  return {
    task,
    language: languageName(task === "translate" ? "en" : form.language),
    duration,
    text,
    ...(asked.includes("word") ? { words: heard.words.map(toWord) } : {}),
    ...(asked.includes("segment") ? { segments: toSegments(heard) } : {}),
    usage: { type: "duration", seconds: Math.ceil(duration) },
  };
}

type TimesForm = Pick<TranscriptionForm, "language" | "timestamp_granularities">;

/** `json`; with times where they are asked for, though OpenAI's has a place for none. */
export function plainTranscription(heard: Transcription, form: TimesForm, task: TranscriptionTask) {
  if (form.timestamp_granularities.length === 0) return { text: heard.text };
  return verboseTranscription(heard, form, task);
}

/** "english" for "en-US", as OpenAI's API names languages; names are left as they are. */
function languageName(language: string): string {
  const [code = ""] = (language === "" ? "en" : language).split(/[-_]/u);
  const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  const name = code.length <= 3 ? names.of(code) : undefined;
  return (name ?? code).toLowerCase();
}

function toWord({ text, startMs, endMs }: RecognizedWord) {
  return { word: text, start: startMs / 1_000, end: endMs / 1_000 };
}

function toSegments({ words, tokens, doubtfulBelow }: Transcription): VerboseSegment[] {
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
      avg_logprob: meanLogarithm(cue, doubtfulBelow),
      compression_ratio: compressionRatio(text),
      no_speech_prob: 0,
    };
  });
}

function tokensWithin(tokens: readonly RecognizedToken[], fromMs: number, toMs: number): number[] {
  const within = tokens.filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  return within.map(({ id }) => id);
}

/** @param doubtfulBelow the recogniser's, whose confidence is no probability; absent if it is one */
function meanLogarithm({ words }: Cue, doubtfulBelow: number | undefined): number {
  const mean = words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length;
  // A confidence of zero would give minus infinity, which JSON cannot express.
  const logarithm = Math.log(Math.max(mean, 1e-6));
  const isScaled = doubtfulBelow !== undefined && doubtfulBelow > 0 && doubtfulBelow < 1;
  return isScaled ? logarithm / -Math.log(doubtfulBelow) : logarithm;
}

/** Ratio of deflate compression, in OpenAI's API the sign of a repetitive text. */
function compressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return bytes.length / deflateSync(bytes).length;
}
