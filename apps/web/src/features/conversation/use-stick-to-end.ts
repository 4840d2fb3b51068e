import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Distance in pixels that still counts as being at the end. */
const slack = 48;

/** Keeps a scrolling box at its end while its content grows, unless the user has scrolled up. */
export function useStickToEnd(content: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isScrolledUp, setIsBehind] = useState(false);

  const onScroll = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < slack;
    setIsBehind(!isAtEnd.current);
  }, []);

  const scrollToEnd = useCallback(() => {
    isAtEnd.current = true;
    setIsBehind(false);
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [content]);

  return { box, onScroll, isScrolledUp, scrollToEnd };
}
