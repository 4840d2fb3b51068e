import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

/**
 * Moves the focus to the heading of a page that has taken another's place, where the page itself
 * has not chosen: with the old page the focus is lost, and keyboards begin at the top again.
 */
export function useFocusHeading(): void {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    const heading = document.querySelector("h1");
    if (heading === null || document.activeElement !== document.body) return;
    heading.tabIndex = -1;
    heading.style.outline = "none";
    heading.focus();
  }, [pathname]);
}
