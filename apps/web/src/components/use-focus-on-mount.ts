import { useEffect, useRef } from "react";

/**
 * Moves the focus to an element when it appears, unless a field has taken it: what was clicked is
 * gone with the page before, and keyboards and screen readers would begin at the top again.
 */
export function useFocusOnMount<Target extends HTMLElement>() {
  const ref = useRef<Target>(null);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) {
      ref.current?.focus();
    }
  }, []);
  return ref;
}
