import { Download } from "lucide-react";
import { IconButton } from "../../components/icon-button";
import { useRoomSession, useTranscript } from "../../stores/room-session-context";
import { Composer } from "./composer";
import { LatencyReadout } from "./latency-readout";
import { TranscriptLog } from "./transcript-log";
import { transcriptFileText } from "./transcript-file";

/** Panel with the transcript, its download, and the composer. */
export function TranscriptPanel() {
  const { transcript } = useRoomSession();
  const isEmpty = useTranscript((state) => !state.entries.some((entry) => entry.isFinal));

  const download = () => {
    const text = transcriptFileText(transcript.getState().entries);
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "parley-transcript.txt";
    link.click();
    URL.revokeObjectURL(url);
  };

  return (
    <div className="flex flex-1 flex-col border-t border-line bg-panel wide:border-t-0 wide:border-l">
      <div className="flex min-h-12 shrink-0 flex-wrap items-center justify-between gap-x-3 pr-2 pl-5 low:sr-only wide:tall:min-h-18 wide:tall:px-6 wide:tall:pr-4">
        <h2 className="text-sm font-medium text-ink-soft">Transcript</h2>
        <div className="flex items-center gap-3">
          <LatencyReadout />
          <IconButton
            icon={Download}
            label="Download transcript"
            disabled={isEmpty}
            className="disabled:opacity-40"
            onClick={download}
          />
        </div>
      </div>
      <TranscriptLog />
      <Composer />
    </div>
  );
}
