import { useSyncExternalStore } from "react";

const query = "(prefers-reduced-motion: reduce)";

/** True while the system is set to reduced motion. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

function subscribe(callback: () => void): () => void {
  const list = window.matchMedia(query);
  list.addEventListener("change", callback);
  return () => {
    list.removeEventListener("change", callback);
  };
}
