import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import {
  maxRecentRooms,
  preferencesKey,
  readPreferences,
  type Preferences,
  type RecentRoom,
} from "./preferences";

/** Store of preferences that saves every change. */
export function createPreferencesStore(storage: Pick<Storage, "getItem" | "setItem">) {
  const store = createStore<Preferences>(() => readPreferences(storage));
  store.subscribe((preferences) => {
    try {
      storage.setItem(preferencesKey, JSON.stringify(preferences));
    } catch {
      // Storage is full or forbidden: the change lasts until the page is closed.
    }
  });
  return store;
}

/** Recent rooms with this room first. */
export function withRecentRoom(preferences: Preferences, room: RecentRoom): Partial<Preferences> {
  const others = preferences.recentRooms.filter((other) => other.roomId !== room.roomId);
  return { recentRooms: [room, ...others].slice(0, maxRecentRooms) };
}

/** Preferences of this browser, in local storage. */
export const preferencesStore = createPreferencesStore({
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    localStorage.setItem(key, value);
  },
});

export function usePreferences<Value>(selector: (preferences: Preferences) => Value): Value {
  return useStore(preferencesStore, selector);
}
