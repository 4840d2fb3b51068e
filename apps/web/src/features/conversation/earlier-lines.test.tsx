import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { sampleEntry, sampleRoomId } from "@parley/client/testing/room-samples";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { joinRoom } from "../../testing/join-room";

const lines = ["one", "two", "three"].map((text, number) =>
  sampleEntry(text, { text, startedAtMs: number + 1 }),
);

beforeEach(() => {
  // What jsdom lacks.
  Element.prototype.scrollTo = vi.fn();
});
afterEach(() => {
  vi.restoreAllMocks();
});

function shown(): string[] {
  const found = screen.getByRole("log").querySelectorAll("li p");
  return [...found].map((line) => line.textContent);
}

it("fetches the page before the first line, until there is none", async () => {
  await joinRoom({ entries: lines.slice(1), hasEarlierEntries: true });
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation((path) => {
    asked.push(path instanceof Request ? path.url : String(path));
    const room = { roomId: sampleRoomId, title: "", createdAtMs: 0 };
    return Promise.resolve(
      Response.json({ ...room, entries: lines.slice(0, 1), hasEarlierEntries: false }),
    );
  });
  expect(shown()).toEqual(["two", "three"]);
  await userEvent.click(screen.getByRole("button", { name: "Earlier lines" }));
  await vi.waitFor(() => {
    expect(shown()).toEqual(["one", "two", "three"]);
  });
  const before = lines[1]?.entryId ?? "";
  expect(asked).toEqual([`/api/rooms/${sampleRoomId}/transcript?format=json&before=${before}`]);
  expect(screen.queryByRole("button", { name: "Earlier lines" })).toBeNull();
});

it("says when they cannot be fetched, and can be asked again", async () => {
  await joinRoom({ entries: lines.slice(1), hasEarlierEntries: true });
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("offline"));
  await userEvent.click(screen.getByRole("button", { name: "Earlier lines" }));
  expect(await screen.findByText(/could not be fetched/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Earlier lines" }).hasAttribute("disabled")).toBe(
    false,
  );
});

it("is not offered where everything is shown", async () => {
  await joinRoom({ entries: lines });
  expect(screen.queryByRole("button", { name: "Earlier lines" })).toBeNull();
});
