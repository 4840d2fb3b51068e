import { ChevronDown, ChevronUp, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { IconButton } from "../../../components/icon-button";
import { useTranscriptSearch } from "./use-transcript-search";

type TranscriptSearchProps = {
  log: RefObject<HTMLElement | null>;
  onClose: () => void;
};

/** Search field above the log: Enter goes to the place before, Shift and Enter to the next one. */
export function TranscriptSearch({ log, onClose }: TranscriptSearchProps) {
  const search = useTranscriptSearch(log);
  const isNowhere = search.count === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") (event.shiftKey ? search.stepForward : search.stepBack)();
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="search"
      className="flex shrink-0 items-center gap-1 border-t border-line py-1 pr-2 pl-5 wide:tall:pr-4 wide:tall:pl-6"
    >
      <input
        // The field was asked for by a click.
        autoFocus
        type="search"
        aria-label="Search the transcript"
        placeholder="Search"
        autoComplete="off"
        enterKeyHint="search"
        value={search.words}
        onChange={(event) => {
          search.search(event.target.value);
        }}
        onKeyDown={onKeyDown}
        className="-ml-2 min-h-9 min-w-0 flex-1 rounded-lg bg-transparent px-2 text-base text-ink placeholder:text-ink-soft [&::-webkit-search-cancel-button]:hidden"
      />
      <span role="status" className="shrink-0 px-1 text-xs text-ink-soft tabular-nums">
        {search.words.trim() !== "" &&
          (isNowhere ? "Not found" : `${search.position} of ${search.count}`)}
      </span>
      <IconButton
        icon={ChevronUp}
        label="Place before"
        disabled={isNowhere}
        className="disabled:opacity-40"
        onClick={search.stepBack}
      />
      <IconButton
        icon={ChevronDown}
        label="Next place"
        disabled={isNowhere}
        className="disabled:opacity-40"
        onClick={search.stepForward}
      />
      <IconButton icon={X} label="End the search" onClick={onClose} />
    </div>
  );
}
