import type { Speech } from "./voice";

/** Input of the report on one synthesis. */
export type SpeechReportInput = {
  text: string;
  model: string;
  /** Its sound has been read to the end. */
  speech: Speech;
  /** Length of the sound. */
  seconds: number;
  /** Time that the synthesis took. */
  tookSeconds: number;
};

/** The fields are described in docs/command-line.md. */
export function speechReport({ text, model, speech, seconds, tookSeconds }: SpeechReportInput) {
  const details = speech.details();
  return {
    text,
    voice: speech.voice,
    language: speech.language,
    ...(details === null
      ? {}
      : {
          text_ids: details.textIds,
          codes: details.codes,
          attended: details.attended,
          end: details.end,
        }),
    model,
    sample_rate: speech.sampleRate,
    duration: rounded(seconds, 3),
    real_time_factor: seconds === 0 ? null : rounded(tookSeconds / seconds, 4),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
