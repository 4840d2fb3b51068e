import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** Distance in pixels that still counts as being at the end. */
const slack = 48;

/** Keeps a scrolling box at its end while its content or its size changes, unless the user has scrolled up. */
export function useStickToEnd(boxRef: RefObject<HTMLDivElement | null>, content: unknown) {
  const isAtEnd = useRef(true);
  const [isScrolledUp, setIsBehind] = useState(false);

  const onScroll = useCallback(() => {
    const element = boxRef.current;
    if (element === null) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < slack;
    setIsBehind(!isAtEnd.current);
  }, [boxRef]);

  const scrollToEnd = useCallback(() => {
    isAtEnd.current = true;
    setIsBehind(false);
    const element = boxRef.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [boxRef]);

  useLayoutEffect(() => {
    const element = boxRef.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [boxRef, content]);

  // A phone that is turned, or its keyboard, moves the end as new content does.
  useEffect(() => {
    const element = boxRef.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [boxRef]);

  return { onScroll, isScrolledUp, scrollToEnd };
}
