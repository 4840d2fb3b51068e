import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// The first visit to a page loads its code, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// Browser features that jsdom lacks.
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
// Nothing is drawn and nothing has a size.
HTMLCanvasElement.prototype.getContext = () => null;
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe = () => undefined;
    disconnect = () => undefined;
  },
);

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});
