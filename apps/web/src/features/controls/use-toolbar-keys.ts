import { useCallback, type KeyboardEvent } from "react";

/** Arrow keys, Home and End move the focus along the buttons of a toolbar, round its ends. */
export function useToolbarKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  return useCallback((event) => {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button:enabled")];
    const target = nextIndex(event.key, buttons.findIndex(isFocused), buttons.length);
    if (target === null) return;
    event.preventDefault();
    buttons[target]?.focus();
  }, []);
}

function isFocused(element: HTMLElement): boolean {
  return element === document.activeElement;
}

function nextIndex(key: string, current: number, count: number): number | null {
  if (current < 0) return null;
  switch (key) {
    case "ArrowRight":
      return (current + 1) % count;
    case "ArrowLeft":
      return (current - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
