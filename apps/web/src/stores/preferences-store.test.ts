import { expect, it } from "vitest";
import { sampleRoom } from "@parley/client/testing/room-samples";
import { preferencesKey, readPreferences } from "./preferences";
import { createPreferencesStore, withFirstWords, withRecentRoom } from "./preferences-store";

function storageOf(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

it("starts with defaults when storage is empty or unreadable", () => {
  for (const text of [null, "{", "null", "[]", '"x"', "{}"]) {
    expect(readPreferences(storageOf(text))).toMatchObject({ name: "", theme: "system" });
  }
});

it("resets only the fields that cannot be read", () => {
  const text = JSON.stringify({ name: "Ada", theme: "pink", recentRooms: [{ roomId: "short" }] });
  expect(readPreferences(storageOf(text))).toMatchObject({
    name: "Ada",
    theme: "system",
    recentRooms: [],
  });
});

it("saves changes", () => {
  const storage = storageOf(null);
  createPreferencesStore(storage).setState({ name: "Ada", theme: "dark" });
  expect(createPreferencesStore(storage).getState()).toMatchObject({ name: "Ada", theme: "dark" });
  expect(preferencesKey).toBe("parley.preferences");
});

it("works where storage is forbidden", () => {
  const forbid = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const store = createPreferencesStore({ getItem: forbid, setItem: forbid });
  store.setState({ name: "Ada" });
  expect(store.getState().name).toBe("Ada");
});

it("keeps the first words of a room, shortened at a word, once", () => {
  const { roomId, title, agentName } = sampleRoom();
  const room = { roomId, title, agentName, visitedAtMs: 1 };
  let preferences = readPreferences(storageOf(null));
  const change = (part: Partial<typeof preferences>) => (preferences = { ...preferences, ...part });
  change(withRecentRoom(preferences, room));
  change(withFirstWords(preferences, roomId, "word ".repeat(40)));
  expect(preferences.recentRooms[0]?.firstWords).toMatch(/^(word )+word…$/);
  change(withFirstWords(preferences, roomId, "later"));
  change(withRecentRoom(preferences, { ...room, visitedAtMs: 2 }));
  expect(preferences.recentRooms[0]).toMatchObject({ visitedAtMs: 2 });
  expect(preferences.recentRooms[0]?.firstWords).toMatch(/^word .*…$/);
});

it("keeps the last five rooms, newest first, each once", () => {
  let preferences = readPreferences(storageOf(null));
  for (const visit of ["a", "b", "c", "d", "e", "f", "c"]) {
    const room = { ...sampleRoom(), roomId: visit.padEnd(22, "-") as never, visitedAtMs: 0 };
    preferences = { ...preferences, ...withRecentRoom(preferences, room) };
  }
  expect(preferences.recentRooms.map((room) => room.roomId[0])).toEqual(["c", "f", "e", "d", "b"]);
});
