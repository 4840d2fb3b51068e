import type { RecognizedWord } from "../contracts/recognizer";
import { cutIntoCues, type Cue } from "./cues";

/** Shortest time in which a cue can be read. */
const minShownMs = 1_000;

/**
 * A transcript in SubRip format (`.srt`); empty without words.
 *
 * @param endMs of the sound, beyond which no cue is shown
 */
export function toSubRip(words: readonly RecognizedWord[], endMs = Infinity): string {
  const cues = shown(words, endMs).map(
    ({ startMs, endMs: untilMs, lines }, index) =>
      `${index + 1}\n${time(startMs, ",")} --> ${time(untilMs, ",")}\n${lines.join("\n")}\n`,
  );
  return cues.join("\n");
}

/**
 * A transcript in WebVTT format (W3C, `.vtt`); only the header without words.
 *
 * @param endMs of the sound, beyond which no cue is shown
 */
export function toWebVtt(words: readonly RecognizedWord[], endMs = Infinity): string {
  const cues = shown(words, endMs).map(({ startMs, endMs: untilMs, lines }) => {
    const text = lines.map(escapeVtt).join("\n");
    return `${time(startMs, ".")} --> ${time(untilMs, ".")}\n${text}\n`;
  });
  return ["WEBVTT\n", ...cues].join("\n");
}

/** Cues extended to a readable time, but not beyond the start of the next one or the sound's end. */
function shown(words: readonly RecognizedWord[], endMs: number): Cue[] {
  const cues = cutIntoCues(words);
  return cues.map((cue, index) => {
    const nextMs = cues[index + 1]?.startMs ?? endMs;
    return { ...cue, endMs: Math.max(cue.endMs, Math.min(cue.startMs + minShownMs, nextMs)) };
  });
}

/** `hours:minutes:seconds`, and thousandths after the separator. */
function time(ms: number, separator: "," | "."): string {
  const rounded = Math.round(ms);
  const seconds = Math.floor(rounded / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, "0")).join(":");
  return `${clock}${separator}${String(rounded % 1_000).padStart(3, "0")}`;
}

function escapeVtt(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
