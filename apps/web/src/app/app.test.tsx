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

async function joinRoom(): Promise<FakeRoomClient> {
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
  it("creates a room and leads to its pre-join page", async () => {
    const requested: [string, unknown][] = [];
    renderApp("/", (path, body) => {
      requested.push([path, body]);
      return Response.json(sampleRoom({ title: "Planning" }));
    });
    await userEvent.type(screen.getByRole("textbox", { name: "Your name" }), "Ada");
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    await screen.findByRole("button", { name: "Join" });
    expect(screen.getByRole("heading", { name: "Planning" })).toBeTruthy();
    const created = requested.find(([path]) => path === "/api/rooms");
    expect(created).toMatchObject(["/api/rooms", { title: "", agent: { name: "Parley" } }]);
    expect(preferencesStore.getState().name).toBe("Ada");
  });

  it("shows that the server failed to create a room", async () => {
    renderApp("/", () => error("internal", 500));
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    expect((await screen.findByText(/No room was opened/)).textContent).toContain("went wrong");
  });
});

describe("pre-join", () => {
  it("requires a name before joining", async () => {
    const client = renderApp(roomPath, () => Response.json(sampleRoom()));
    await userEvent.click(await screen.findByRole("button", { name: "Join" }));
    expect(screen.getByText(/What is it\?/)).toBeTruthy();
    await userEvent.type(screen.getByRole("textbox", { name: "Your name" }), "Ada{Enter}");
    expect(client.calls).toEqual(["join Ada"]);
    expect(preferencesStore.getState().recentRooms).toHaveLength(1);
  });

  it.each([
    [roomPath, "room-not-found", "There is no such room"],
    ["/r/short", "never sent", "There is no such room"],
    ["/elsewhere", "never sent", "Nothing here"],
  ])("shows an error screen at %s", async (path, code, title) => {
    renderApp(path, () => error(code, 404));
    expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Back to the start" })).toBeTruthy();
  });
});

describe("the room", () => {
  it("shows partial and final transcript entries with their members", async () => {
    const client = await joinRoom();
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

  it("shows before the first turn that the recogniser is a demonstration", async () => {
    const client = await joinRoom();
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

  it("shows the state of the agent in one word", async () => {
    const client = await joinRoom();
    const status = screen.getByRole("status", { name: "Agent" });
    for (const state of ["listening", "thinking", "speaking", "away"] as const) {
      act(() => {
        client.emit({ type: "room-event", body: { type: "agent-state", state } });
      });
      expect(status.textContent.match(/listening|thinking|speaking|away/g)).toEqual([state]);
    }
  });

  it("has controls with accessible names", async () => {
    const client = await joinRoom();
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

  it("shares its link, with a QR code", async () => {
    // `setup` installs a clipboard, which jsdom lacks.
    const user = userEvent.setup();
    await joinRoom();
    await user.click(screen.getByRole("button", { name: "Share" }));
    const dialog = screen.getByRole("dialog", { name: "Share this room" });
    await user.click(within(dialog).getByRole("button", { name: "Copy link" }));
    expect(await navigator.clipboard.readText()).toBe(window.location.href);
    expect(within(dialog).getByTitle(/QR code/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("shows problems, and that they are over", async () => {
    const client = await joinRoom();
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

  it("shows why a session failed, and returns to pre-join", async () => {
    const client = await joinRoom();
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
