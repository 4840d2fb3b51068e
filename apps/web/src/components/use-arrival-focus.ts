import { useEffect, useRef, type RefObject } from "react";

/**
 * Focus for a page or view that replaces another: without it, the focus of whoever clicked would
 * fall to the body, and a screen reader would say nothing of the new page. A first visit keeps the
 * browser's own beginning, and a field with `autoFocus` goes before.
 *
 * @returns to be given to the heading, with `tabIndex={-1}`
 */
export function useArrivalFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const hasActed = (navigator as { userActivation?: UserActivation }).userActivation;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    if (isLost && hasActed?.hasBeenActive !== false)
      heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
