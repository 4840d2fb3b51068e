import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../components/button";
import { copyText } from "../../../components/copy-text";
import { Dialog } from "../../../components/dialog";
import { asText } from "./as-text";
import type { TranscriptDocument } from "./transcript-document";
import { transcriptFileName, transcriptFormats, type TranscriptFormat } from "./transcript-formats";

type SaveTranscriptDialogProps = { transcript: TranscriptDocument; onClose: () => void };

/** Dialog that copies the transcript, or saves it as a file of some kind. */
export function SaveTranscriptDialog({ transcript, onClose }: SaveTranscriptDialogProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  const copy = async () => {
    setOutcome((await copyText(asText(transcript))) ? "copied" : "refused");
  };
  return (
    <Dialog title="Keep the transcript" onClose={onClose}>
      <Button variant="primary" data-first-focus className="w-full" onClick={() => void copy()}>
        {outcome === "copied" ? <Check aria-hidden size={17} /> : <Copy aria-hidden size={17} />}
        {outcome === "copied" ? "Copied" : "Copy as text"}
      </Button>
      <p role="status" className={outcome === "refused" ? "pt-2 text-sm" : "sr-only"}>
        {outcome === "copied" && "The transcript was copied."}
        {outcome === "refused" && "The browser does not let this page copy. Save a file instead."}
      </p>
      <h3 className="mt-6 text-sm font-medium text-ink-soft">Save as a file</h3>
      <ul className="mt-2 divide-y divide-line border-y border-line">
        {transcriptFormats.map((format) => (
          <li key={format.ending}>
            <button
              type="button"
              className="flex min-h-12 w-full items-center gap-3 rounded-lg text-left hover:text-accent-text"
              onClick={() => {
                save(transcript, format);
              }}
            >
              <Download aria-hidden size={17} strokeWidth={1.75} className="text-ink-soft" />
              {format.label}
              <span className="ml-auto text-sm text-ink-soft">.{format.ending}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function save(
  transcript: TranscriptDocument,
  { ending, mediaType, write }: TranscriptFormat,
): void {
  const type = `${mediaType};charset=utf-8`;
  const url = URL.createObjectURL(new Blob([write(transcript)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = transcriptFileName(transcript, ending);
  link.click();
  URL.revokeObjectURL(url);
}
