import { cutIntoCues } from "@parley/speech/transcripts/cues";
import type { Transcription } from "./transcribe-audio";
import type {
  DiarizedSegment,
  DiarizedTranscription,
  TranscriptionTask,
} from "./transcription-answers";

export function diarizedTranscription(
  heard: Transcription,
  task: TranscriptionTask,
): DiarizedTranscription {
  const { duration, text } = heard;
  const usage = { type: "duration", seconds: Math.ceil(duration) } as const;
  return { task, duration, text, segments: diarizedSegments(heard), usage };
}

export function diarizedSegments({ words }: Transcription): DiarizedSegment[] {
  return cutIntoCues(words).map(({ startMs, endMs, lines }, index) => ({
    type: "transcript.text.segment",
    id: `seg_${String(index).padStart(3, "0")}`,
    start: startMs / 1_000,
    end: endMs / 1_000,
    text: lines.join(" "),
    speaker: "A",
  }));
}
