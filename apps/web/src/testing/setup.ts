import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// The first visit to a page loads its code, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom leaves out and every browser has.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
  this.dispatchEvent(new Event("close"));
};
window.matchMedia = (media) =>
  ({
    matches: media.includes("reduced-motion"),
    media,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
// Enough of a stream to be an audio element's source.
vi.stubGlobal("MediaStream", EventTarget);
// jsdom ships a function that only complains.
HTMLMediaElement.prototype.play = () => Promise.resolve();

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});
