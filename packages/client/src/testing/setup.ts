import { afterEach, vi } from "vitest";

// Stream stub that an audio element accepts as its source; jsdom has none.
vi.stubGlobal("MediaStream", EventTarget);
// Replaces a function of jsdom that only logs an error.
HTMLMediaElement.prototype.play = () => Promise.resolve();

afterEach(() => {
  vi.restoreAllMocks();
});
