import type { RoomId } from "@parley/shared/protocol/ids";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import {
  maxFirstWords,
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

/** Recent rooms with this room first; first words that are known stay. */
export function withRecentRoom(
  { recentRooms }: Preferences,
  room: Omit<RecentRoom, "firstWords">,
): Partial<Preferences> {
  const known = recentRooms.find((other) => other.roomId === room.roomId);
  const others = recentRooms.filter((other) => other.roomId !== room.roomId);
  const visited = { ...room, firstWords: known?.firstWords ?? "" };
  return { recentRooms: [visited, ...others].slice(0, maxRecentRooms) };
}

/** Recent rooms with the first words of one of them, unless it has some. */
export function withFirstWords(
  { recentRooms }: Preferences,
  roomId: RoomId,
  words: string,
): Partial<Preferences> {
  const firstWords = shortened(words);
  return {
    recentRooms: recentRooms.map((room) =>
      room.roomId === roomId && room.firstWords === "" ? { ...room, firstWords } : room,
    ),
  };
}

/** The text up to the last whole word that fits. */
function shortened(text: string): string {
  if (text.length <= maxFirstWords) return text;
  const cut = text.slice(0, maxFirstWords);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), maxFirstWords / 2)).trimEnd()}…`;
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
