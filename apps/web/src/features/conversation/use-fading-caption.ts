import { useEffect, useState } from "react";
import { useTranscript } from "../../stores/room-session-context";
import { captionOf, type Caption } from "./caption";

/** Time in ms that the last words stay: as long as three lines take to be read twice. */
const shownMs = 8_000;

/**
 * Caption of what is being said, and for a while of what was said last; null on entering, when
 * nothing has been said in one's presence, and once the caption has faded.
 */
export function useFadingCaption(): Caption | null {
  const caption = captionOf(useTranscript((state) => state.entries));
  const identity = caption === null ? null : `${caption.entryId} ${caption.isFinal}`;
  // What was said before one came in is in the transcript.
  const [faded, setFaded] = useState(caption?.isFinal === true ? identity : null);
  const isLasting = caption !== null && !caption.isFinal;
  useEffect(() => {
    if (identity === null || isLasting) return;
    const timer = setTimeout(() => {
      setFaded(identity);
    }, shownMs);
    return () => {
      clearTimeout(timer);
    };
  }, [identity, isLasting]);
  return identity === faded ? null : caption;
}
