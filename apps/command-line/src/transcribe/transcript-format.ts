import { AppError } from "@parley/shared/errors";
import { toSubRip, toWebVtt } from "@parley/speech/transcripts/subtitles";
import type { FileTranscript } from "./file-transcriber";

export type TranscriptFormat = "text" | "json" | "srt" | "vtt";

/** A file's transcript with what is known about how it came about. */
export type TranscriptReport = {
  file: string;
  model: string;
  transcript: FileTranscript;
  /** How long the recognition took. */
  tookSeconds: number;
};

/**
 * The transcript as it is printed, with a line end.
 *
 * @throws AppError `invalid-request` when subtitles are wanted of an engine that tells no times
 */
export function formatTranscript(format: TranscriptFormat, report: TranscriptReport): string {
  const { text, words } = report.transcript;
  if (format === "text") return `${text}\n`;
  if (format === "json") return `${JSON.stringify(toDocument(report))}\n`;
  if (words === null) {
    throw new AppError("invalid-request", "the engine tells no times, which subtitles need");
  }
  // Subtitles do not show how sure a word is.
  const sure = words.map((word) => ({ ...word, confidence: word.confidence ?? 1 }));
  return format === "srt" ? toSubRip(sure) : toWebVtt(sure);
}

/** docs/command-line.md tells what the fields mean. */
function toDocument({ file, model, transcript, tookSeconds }: TranscriptReport) {
  const { text, tokens, words, seconds } = transcript;
  return {
    file,
    text,
    ...(tokens === null
      ? {}
      : {
          tokens: tokens.map(({ id }) => id),
          frames: tokens.map(({ frame }) => frame),
          durations: tokens.map(({ duration }) => duration),
          confidence: tokens.map(({ confidence }) => significant(confidence)),
        }),
    ...(words === null
      ? {}
      : {
          words: words.map(({ text: word, startMs, endMs, confidence }) => ({
            text: word,
            start: rounded(startMs / 1_000, 3),
            end: rounded(endMs / 1_000, 3),
            ...(confidence === null ? {} : { confidence: significant(confidence) }),
          })),
        }),
    model,
    duration: rounded(seconds, 3),
    real_time_factor: seconds === 0 ? null : rounded(tookSeconds / seconds, 4),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** Confidences of unsure tokens are tiny: their digits count from the first that is not zero. */
function significant(value: number): number {
  return Number(value.toPrecision(6));
}
