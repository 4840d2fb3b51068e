import { asMarkdown } from "./as-markdown";
import { asSubRip, asWebVtt } from "./as-subtitles";
import { asText } from "./as-text";
import { dayOf, type TranscriptDocument } from "./transcript-document";

/** A kind of file that a transcript is saved as. */
export type TranscriptFormat = {
  label: string;
  ending: "txt" | "md" | "srt" | "vtt" | "json";
  mediaType: string;
  write: (document: TranscriptDocument) => string;
};

export const transcriptFormats: readonly TranscriptFormat[] = [
  { label: "Text", ending: "txt", mediaType: "text/plain", write: asText },
  { label: "Markdown", ending: "md", mediaType: "text/markdown", write: asMarkdown },
  { label: "Subtitles", ending: "srt", mediaType: "application/x-subrip", write: asSubRip },
  { label: "Web subtitles", ending: "vtt", mediaType: "text/vtt", write: asWebVtt },
  { label: "Data", ending: "json", mediaType: "application/json", write: asJson },
];

/** `planning-the-garden-2026-11-29.txt`: the room's title and the day of the first entry. */
export function transcriptFileName(
  { title, entries }: TranscriptDocument,
  ending: TranscriptFormat["ending"],
): string {
  const words = title
    .normalize("NFC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? ["transcript"];
  const name = Array.from(words.join("-")).slice(0, 60).join("").replace(/-+$/u, "");
  const day = entries[0] === undefined ? [] : [dayOf(entries[0].startedAtMs)];
  return `${[name, ...day].join("-")}.${ending}`;
}

function asJson({ title, entries }: TranscriptDocument): string {
  const written = entries.map(({ startedAtMs, name, kind, text, isInterrupted }) => ({
    at: new Date(startedAtMs).toISOString(),
    name,
    kind,
    text,
    isInterrupted,
  }));
  return `${JSON.stringify({ title, entries: written }, null, 2)}\n`;
}
