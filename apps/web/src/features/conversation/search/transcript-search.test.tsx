import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { joinRoom } from "../../../testing/join-room";
import { agentId, sampleEntry } from "@parley/client/testing/room-samples";

const scrolledTo: (string | null)[] = [];

beforeEach(() => {
  scrolledTo.length = 0;
  // What jsdom lacks.
  Element.prototype.scrollIntoView = vi.fn(function (this: Element) {
    scrolledTo.push(this.textContent);
  });
});

const entries = [
  sampleEntry("one", { text: "Two teas, please." }),
  sampleEntry("two", { kind: "reply", memberId: agentId, name: "Parley", text: "Green **tea**?" }),
  sampleEntry("three", { text: "No milk in it." }),
];

async function search(words: string): Promise<void> {
  await userEvent.click(screen.getByRole("button", { name: "Search the transcript" }));
  await userEvent.type(screen.getByRole("searchbox"), words);
}

function place(): string | null {
  return screen.getByRole("search").querySelector('[role="status"]')?.textContent ?? null;
}

it("begins with the latest place and goes through all, around and around", async () => {
  await joinRoom({ entries });
  await search("tea");
  expect(place()).toBe("2 of 2");
  expect(scrolledTo.at(-1)).toBe("tea");
  await userEvent.keyboard("{Enter}");
  expect(place()).toBe("1 of 2");
  expect(scrolledTo.at(-1)).toBe("Two teas, please.");
  await userEvent.click(screen.getByRole("button", { name: "Place before" }));
  expect(place()).toBe("2 of 2");
  await userEvent.click(screen.getByRole("button", { name: "Next place" }));
  expect(place()).toBe("1 of 2");
});

it("counts what is said meanwhile and scrolls nobody away", async () => {
  const client = await joinRoom({ entries });
  await search("tea");
  const scrolls = scrolledTo.length;
  const entry = sampleEntry("four", { text: "And tea for Kim." });
  act(() => {
    client.emit({ type: "room-event", body: { type: "transcript-final", entry } });
  });
  await waitFor(() => {
    expect(place()).toBe("3 of 3");
  });
  expect(scrolledTo).toHaveLength(scrolls);
});

it("says when nothing is found, and ends with Escape where it began", async () => {
  await joinRoom({ entries });
  await search("coffee");
  expect(place()).toBe("Not found");
  expect(screen.getByRole("button", { name: "Next place" }).hasAttribute("disabled")).toBe(true);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("searchbox")).toBeNull();
  const button = screen.getByRole("button", { name: "Search the transcript" });
  expect(document.activeElement).toBe(button);
});

it("cannot be begun while there is nothing to search", async () => {
  await joinRoom({ entries: [] });
  const button = screen.getByRole("button", { name: "Search the transcript" });
  expect(button.hasAttribute("disabled")).toBe(true);
});
