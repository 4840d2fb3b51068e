import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { preferencesStore } from "../stores/preferences-store";
import type { FakeRoomClient } from "../testing/fake-room-client";
import { renderApp } from "../testing/render-app";
import {
  adaId,
  agentId,
  sampleEntry,
  sampleHearing,
  sampleRoom,
  sampleRoomId,
  sampleSnapshot,
} from "../testing/room-samples";

const roomPath = `/r/${sampleRoomId}`;

beforeEach(() => {
  preferencesStore.setState({ name: "", theme: "system", recentRooms: [] });
});

function error(code: string, status: number): Response {
  return Response.json({ error: { code, message: code, isRetryable: false } }, { status });
}

async function enterRoom(): Promise<FakeRoomClient> {
  preferencesStore.setState({ name: "Ada" });
  const client = renderApp(roomPath, () => Response.json(sampleRoom()));
  await userEvent.click(await screen.findByRole("button", { name: "Join" }));
  act(() => {
    client.emit(
      { type: "snapshot-applied", memberId: adaId, snapshot: sampleSnapshot() },
      { type: "microphone-changed", microphone: { state: "open" } },
      { type: "connection-changed", connection: "connected" },
    );
  });
  return client;
}

describe("the lobby", () => {
  it("makes a room and leads to its door", async () => {
    const asked: unknown[] = [];
    renderApp("/", (path, body) => {
      asked.push([path, body]);
      return Response.json(sampleRoom({ title: "Planning" }));
    });
    await userEvent.type(screen.getByRole("textbox", { name: "Your name" }), "Ada");
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    await screen.findByRole("button", { name: "Join" });
    expect(screen.getByRole("heading", { name: "Planning" })).toBeTruthy();
    expect(asked[0]).toMatchObject(["/api/rooms", { title: "", agent: { name: "Parley" } }]);
    expect(preferencesStore.getState().name).toBe("Ada");
  });

  it("says when the server makes no room", async () => {
    renderApp("/", () => error("internal", 500));
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    expect((await screen.findByText(/No room was opened/)).textContent).toContain("went wrong");
  });
});

describe("the door", () => {
  it("asks for a name before it lets in", async () => {
    const client = renderApp(roomPath, () => Response.json(sampleRoom()));
    await userEvent.click(await screen.findByRole("button", { name: "Join" }));
    expect(screen.getByText(/What is it\?/)).toBeTruthy();
    await userEvent.type(screen.getByRole("textbox", { name: "Your name" }), "Ada{Enter}");
    expect(client.calls).toEqual(["join Ada"]);
    expect(preferencesStore.getState().recentRooms).toHaveLength(1);
  });

  it.each([
    [roomPath, "room-not-found", "There is no such room"],
    ["/r/short", "never asked", "There is no such room"],
    ["/elsewhere", "never asked", "Nothing here"],
  ])("shows a way out at %s", async (path, code, title) => {
    renderApp(path, () => error(code, 404));
    expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Back to the start" })).toBeTruthy();
  });
});

describe("the room", () => {
  it("shows what is said, with speakers, partial and final", async () => {
    const client = await enterRoom();
    const log = screen.getByRole("log", { name: "Transcript" });
    const partial = sampleEntry("turn", { text: "hello th", isFinal: false });
    act(() => {
      client.emit({ type: "room-event", body: { type: "transcript-partial", entry: partial } });
    });
    const [before] = within(log).getAllByRole("listitem");
    expect(before?.textContent).toMatch(/Ada.*hello th/);
    expect(before?.dataset.final).toBe("false");
    expect(before?.getAttribute("aria-live")).toBe("off");
    const settled = { ...partial, text: "Hello there.", isFinal: true, revision: 1 };
    const reply = sampleEntry("reply", {
      kind: "reply",
      memberId: agentId,
      name: "Parley",
      text: "Hi Ada!",
      startedAtMs: 2_000,
    });
    act(() => {
      client.emit(
        { type: "room-event", body: { type: "transcript-final", entry: settled } },
        { type: "room-event", body: { type: "transcript-final", entry: reply } },
      );
    });
    const items = within(log).getAllByRole("listitem");
    expect(items.map((item) => item.dataset.final)).toEqual(["true", "true"]);
    expect(items[1]?.textContent).toMatch(/Parley.*Hi Ada!/);
  });

  it("tells before anything is said that the ears are a demonstration", async () => {
    const client = await enterRoom();
    expect(screen.queryByText(/demonstration/)).toBeNull();
    act(() => {
      client.emit({
        type: "room-event",
        body: { type: "agent-hearing", hearing: sampleHearing },
      });
    });
    const note = screen.getByText(/the built-in recogniser, a demonstration/);
    expect(within(note).getByRole("link").getAttribute("href")).toBe("/models");
    act(() => {
      client.emit({
        type: "room-event",
        body: { type: "transcript-final", entry: sampleEntry("turn") },
      });
    });
    expect(screen.queryByText(/demonstration/)).toBeNull();
  });

  it("says what the agent is doing, in one word of four", async () => {
    const client = await enterRoom();
    const status = screen.getByRole("status", { name: "Agent" });
    for (const state of ["listening", "thinking", "speaking", "away"] as const) {
      act(() => {
        client.emit({ type: "room-event", body: { type: "agent-state", state } });
      });
      expect(status.textContent.match(/listening|thinking|speaking|away/g)).toEqual([state]);
    }
  });

  it("offers its controls by name", async () => {
    const client = await enterRoom();
    await userEvent.click(screen.getByRole("button", { name: "Mute" }));
    await userEvent.click(screen.getByRole("button", { name: "Unmute" }));
    await userEvent.keyboard("m");
    await userEvent.click(screen.getByRole("button", { name: "Interrupt" }));
    const message = screen.getByRole("textbox", { name: "Message" });
    await userEvent.type(message, "many words{Shift>}{Enter}{/Shift}more{Enter}");
    expect((message as HTMLTextAreaElement).value).toBe("");
    await userEvent.click(screen.getByRole("button", { name: "Leave" }));
    expect(client.calls.slice(0, 7)).toEqual([
      "join Ada",
      "muted true",
      "muted false",
      "muted true",
      "interrupt",
      "message many words\nmore",
      "leave",
    ]);
    expect(screen.getByRole("button", { name: "New room" })).toBeTruthy();
  });

  it("shares its link, with a code to scan", async () => {
    // Setting up installs a clipboard, which jsdom has not.
    const user = userEvent.setup();
    await enterRoom();
    await user.click(screen.getByRole("button", { name: "Share" }));
    const dialog = screen.getByRole("dialog", { name: "Share this room" });
    await user.click(within(dialog).getByRole("button", { name: "Copy link" }));
    expect(await navigator.clipboard.readText()).toBe(window.location.href);
    expect(within(dialog).getByTitle(/QR code/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says what is the matter, and that it is over", async () => {
    const client = await enterRoom();
    const microphone = { state: "unavailable", problem: "permission-denied" } as const;
    act(() => {
      client.emit(
        { type: "microphone-changed", microphone },
        { type: "connection-changed", connection: "reconnecting" },
      );
    });
    expect(screen.getByText("Your microphone is blocked")).toBeTruthy();
    expect(screen.getByText("Connection lost, coming back")).toBeTruthy();
    act(() => {
      client.emit({ type: "connection-changed", connection: "connected" });
    });
    expect(screen.queryByText("Connection lost, coming back")).toBeNull();
    expect(screen.getByText("You are back")).toBeTruthy();
  });

  it("says why a stay has ended, and goes back to the door", async () => {
    const client = await enterRoom();
    act(() => {
      client.emit(
        { type: "problem-changed", problem: "room-full" },
        { type: "connection-changed", connection: "failed" },
      );
    });
    expect(screen.getByRole("heading", { name: "This room is full" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("button", { name: "Join" })).toBeTruthy();
  });
});
