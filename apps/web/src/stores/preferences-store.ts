import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import {
  maxRecentRooms,
  preferencesKey,
  readPreferences,
  type Preferences,
  type RecentRoom,
} from "./preferences";

/** Preferences that write themselves down. */
export function createPreferencesStore(storage: Pick<Storage, "getItem" | "setItem">) {
  const store = createStore<Preferences>(() => readPreferences(storage));
  store.subscribe((preferences) => {
    try {
      storage.setItem(preferencesKey, JSON.stringify(preferences));
    } catch {
      // Full or forbidden: the choice holds until the page is closed.
    }
  });
  return store;
}

/** Puts a room first in the list of recent rooms. */
export function withRecentRoom(preferences: Preferences, room: RecentRoom): Partial<Preferences> {
  const others = preferences.recentRooms.filter((other) => other.roomId !== room.roomId);
  return { recentRooms: [room, ...others].slice(0, maxRecentRooms) };
}

/** This browser's preferences. */
export const preferencesStore = createPreferencesStore({
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    localStorage.setItem(key, value);
  },
});

export function usePreferences<Value>(selector: (preferences: Preferences) => Value): Value {
  return useStore(preferencesStore, selector);
}
