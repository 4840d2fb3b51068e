import type { Speech } from "./voice";

/** A text's sound with what is known about how it came about. */
export type SpokenText = {
  text: string;
  model: string;
  /** Whose sound has been read. */
  speech: Speech;
  /** Of the sound. */
  seconds: number;
  /** How long the making of it took. */
  tookSeconds: number;
};

/** docs/command-line.md tells what the fields mean. */
export function speechReport({ text, model, speech, seconds, tookSeconds }: SpokenText) {
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
