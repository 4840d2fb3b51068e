import type { EngineOptions } from "../options/engine-options";
import type { TranscriptFormat } from "./transcript-format";

export type TranscribeOptions = EngineOptions & {
  json?: true;
  srt?: true;
  vtt?: true;
  /** A file for the transcripts instead of standard output. */
  output?: string;
  realtime?: true;
};

export function formatOf({ json, srt, vtt }: TranscribeOptions): TranscriptFormat {
  if (json === true) return "json";
  if (srt === true) return "srt";
  return vtt === true ? "vtt" : "text";
}
