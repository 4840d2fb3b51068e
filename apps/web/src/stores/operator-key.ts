import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

const storageKey = "parley.operator-key";

/** Operator's key, kept until the tab is closed: it must not stay on a borrowed computer. */
export const operatorKeyStore = createStore<{ operatorKey: string | null }>(() => ({
  operatorKey: stored(),
}));

operatorKeyStore.subscribe(({ operatorKey }) => {
  try {
    if (operatorKey === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, operatorKey);
  } catch {
    // Storage is forbidden: the key is kept until the page is left.
  }
});

export function useOperatorKey(): string | null {
  return useStore(operatorKeyStore, ({ operatorKey }) => operatorKey);
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
