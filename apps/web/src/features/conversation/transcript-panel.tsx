import type { RoomId } from "@parley/shared/protocol/ids";
import { Download, Search } from "lucide-react";
import { useRef, useState } from "react";
import { useTranscriptRequest } from "../../api/rooms";
import { IconButton } from "../../components/icon-button";
import { useRoomSession, useTranscript } from "../../stores/room-session-context";
import { Composer } from "./composer";
import { LatencyReadout } from "./latency-readout";
import { TranscriptSearch } from "./search/transcript-search";
import { TranscriptLog } from "./transcript-log";
import { SaveTranscriptDialog } from "./transcript-file/save-transcript-dialog";
import type { TranscriptDocument } from "./transcript-file/transcript-document";

/** Panel with the transcript, the ways to search and to keep it, and the composer. */
export function TranscriptPanel({ roomId, title }: { roomId: RoomId; title: string }) {
  const { transcript } = useRoomSession();
  const whole = useTranscriptRequest(roomId);
  const isEmpty = useTranscript((state) => !state.entries.some((entry) => entry.isFinal));
  const [kept, setKept] = useState<TranscriptDocument | null>(null);
  const [isSearching, setIsSearching] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const searchButton = useRef<HTMLButtonElement>(null);

  /** Lines that the room did not send are fetched; those that are here are kept without it. */
  const keep = async () => {
    const { entries, hasEarlier } = transcript.getState();
    const page = hasEarlier ? await whole.mutateAsync(null).catch(() => null) : null;
    setKept({ title, entries: page?.entries ?? entries.filter((entry) => entry.isFinal) });
  };

  return (
    <div className="flex flex-1 flex-col border-t border-line bg-panel wide:border-t-0 wide:border-l">
      <div className="flex min-h-12 shrink-0 flex-wrap items-center justify-between gap-x-3 pr-2 pl-5 low:sr-only wide:tall:min-h-18 wide:tall:px-6 wide:tall:pr-4">
        <h2 className="text-sm font-medium text-ink-soft">Transcript</h2>
        <div className="flex items-center">
          <div className="mr-3">
            <LatencyReadout />
          </div>
          <IconButton
            ref={searchButton}
            icon={Search}
            label="Search the transcript"
            aria-expanded={isSearching}
            disabled={isEmpty}
            className="disabled:opacity-40"
            onClick={() => {
              setIsSearching(!isSearching);
            }}
          />
          <IconButton
            icon={Download}
            label="Keep the transcript"
            disabled={isEmpty || whole.isPending}
            className="disabled:opacity-40"
            onClick={() => {
              void keep();
            }}
          />
        </div>
      </div>
      {isSearching && (
        <TranscriptSearch
          log={log}
          onClose={() => {
            setIsSearching(false);
            searchButton.current?.focus();
          }}
        />
      )}
      <TranscriptLog roomId={roomId} box={log} />
      <Composer />
      {kept !== null && (
        <SaveTranscriptDialog
          transcript={kept}
          onClose={() => {
            setKept(null);
          }}
        />
      )}
    </div>
  );
}
