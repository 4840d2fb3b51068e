import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

const storageKey = "parley.operator-key";

/** The operator's key, until the tab is closed: a key must not lie about on a borrowed computer. */
export const operatorKeyStore = createStore<{ operatorKey: string | null }>(() => ({
  operatorKey: stored(),
}));

operatorKeyStore.subscribe(({ operatorKey }) => {
  try {
    if (operatorKey === null) sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, operatorKey);
  } catch {
    // Forbidden: the key holds until the page is left.
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
