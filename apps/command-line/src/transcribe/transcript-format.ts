import { AppError } from "@parley/shared/errors";
import { toSubRip, toWebVtt } from "@parley/speech/transcripts/subtitles";
import type { FileTranscript } from "./file-transcriber";

/** The unit of `frames` and `durations` in the JSON: an encoder frame of NVIDIA's models. */
const frameMs = 80;

export type TranscriptFormat = "text" | "json" | "srt" | "vtt";

/** Input of the output formats: a file's transcript and how it was made. */
export type TranscriptReport = {
  file: string;
  model: string;
  transcript: FileTranscript;
  /** Time that the recognition took. */
  tookSeconds: number;
};

/**
 * Formats a transcript, with a line break at its end.
 *
 * @throws AppError `invalid-request` for subtitles of an engine without word times
 */
export function formatTranscript(format: TranscriptFormat, report: TranscriptReport): string {
  const { text, words } = report.transcript;
  if (format === "text") return `${text}\n`;
  if (format === "json") return `${JSON.stringify(toDocument(report))}\n`;
  if (words === null) {
    throw new AppError(
      "invalid-request",
      "subtitles need word times, which the engine does not return",
    );
  }
  // Subtitles do not use the confidence.
  const sure = words.map((word) => ({ ...word, confidence: word.confidence ?? 1 }));
  return format === "srt" ? toSubRip(sure) : toWebVtt(sure);
}

/** The fields are described in docs/command-line.md. */
function toDocument({ file, model, transcript, tookSeconds }: TranscriptReport) {
  const { text, tokens, words, seconds } = transcript;
  return {
    file,
    text,
    ...(tokens === null
      ? {}
      : {
          tokens: tokens.map(({ id }) => id),
          frames: tokens.map(({ startMs }) => Math.round(startMs / frameMs)),
          durations: tokens.map(({ durationMs }) => Math.round(durationMs / frameMs)),
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

/** Rounds to six significant digits: the confidences of unsure tokens are tiny. */
function significant(value: number): number {
  return Number(value.toPrecision(6));
}
