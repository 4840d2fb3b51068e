import { useEffect, useState, type RefObject } from "react";
import { markRanges } from "./mark-ranges";
import { textRanges } from "./text-ranges";

/**
 * Search in the log: marks all places of the words, also in lines that come later, and scrolls to the
 * one that is looked at, at first the latest. Lines that come scroll nobody away.
 */
export function useTranscriptSearch(log: RefObject<HTMLElement | null>) {
  const [words, setWords] = useState("");
  const [ranges, setRanges] = useState<readonly Range[]>([]);
  /** Place that is looked at, counted from the first; null for the latest. */
  const [chosen, setChosen] = useState<number | null>(null);
  const index = indexOf(chosen, ranges.length);

  useEffect(() => {
    if (log.current === null) return;
    const observer = new MutationObserver(() => {
      setRanges(rangesIn(log.current, words));
    });
    observer.observe(log.current, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
    };
  }, [log, words]);

  useEffect(() => markRanges(ranges, ranges[index] ?? null), [ranges, index]);

  const lookAt = (place: number) => {
    setChosen(place);
    scrollTo(ranges[indexOf(place, ranges.length)]);
  };
  return {
    words,
    /** How many places there are. */
    count: ranges.length,
    /** Which of them is looked at, counted from one; zero for none. */
    position: index + 1,
    search: (text: string) => {
      const found = rangesIn(log.current, text);
      setWords(text);
      setRanges(found);
      setChosen(null);
      scrollTo(found.at(-1));
    },
    stepBack: () => {
      lookAt(index - 1);
    },
    stepForward: () => {
      lookAt(index + 1);
    },
  };
}

function rangesIn(log: HTMLElement | null, words: string): Range[] {
  return textRanges(log?.querySelectorAll("li p") ?? [], words);
}

function scrollTo(range: Range | undefined): void {
  range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
}

/** Index among so many places, around and around; -1 where there are none. */
function indexOf(chosen: number | null, count: number): number {
  return count === 0 ? -1 : (((chosen ?? count - 1) % count) + count) % count;
}
