import type { MemberId } from "@parley/shared/protocol/ids";
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { preferencesStore } from "../stores/preferences-store";
import { joinRoom, roomPath } from "../testing/join-room";
import { sampleHouse } from "../testing/model-samples";
import { renderApp } from "../testing/render-app";
import {
  adaId,
  agentId,
  benId,
  sampleEntry,
  sampleHearing,
  sampleMember,
  sampleRoom,
} from "@parley/client/testing/room-samples";

beforeEach(() => {
  preferencesStore.setState({ name: "", theme: "system", recentRooms: [] });
});

function error(code: string, status: number): Response {
  return Response.json({ error: { code, message: code, isRetryable: false } }, { status });
}

describe("the lobby", () => {
  it("creates a room, and whoever has said their name is in", async () => {
    const requested: [string, unknown][] = [];
    const client = renderApp("/", (path, body) => {
      requested.push([path, body]);
      return Response.json(sampleRoom({ title: "Planning" }));
    });
    await userEvent.type(screen.getByRole("textbox", { name: "Your name" }), "Ada");
    await userEvent.type(screen.getByRole("textbox", { name: "Room title" }), "Planning");
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    await screen.findByRole("heading", { name: /Going in|May Parley listen/ });
    expect(client.calls).toEqual(["join Ada"]);
    const agent = { name: "Parley" };
    expect(requested.find(([path]) => path === "/api/rooms")).toMatchObject([
      "/api/rooms",
      { title: "Planning", agent },
    ]);
    expect(preferencesStore.getState().name).toBe("Ada");
  });

  it("leads whoever has not said a name to the door", async () => {
    const client = renderApp("/", () => Response.json(sampleRoom({ title: "Planning" })));
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    await screen.findByRole("button", { name: "Join" });
    expect(screen.getByRole("heading", { name: "Planning" })).toBeTruthy();
    expect(client.calls).toEqual([]);
  });

  it("tells recent rooms apart, forgets them, and brings them back", async () => {
    const visit = { ...sampleRoom({ title: "" }), visitedAtMs: Date.now() };
    const rooms = [{ ...visit, firstWords: "What is for dinner?" }];
    preferencesStore.setState({ recentRooms: rooms });
    renderApp("/", () => error("internal", 500));
    expect(screen.getByRole("link", { name: /What is for dinner/ })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /Forget/ }));
    expect(screen.queryByRole("link", { name: /What is for dinner/ })).toBeNull();
    expect(preferencesStore.getState().recentRooms).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Bring it back" }));
    expect(screen.getByRole("link", { name: /What is for dinner/ })).toBeTruthy();
  });

  it("offers the voices of whatever speaks", async () => {
    const requested: [string, unknown][] = [];
    renderApp("/", (path, body) => {
      requested.push([path, body]);
      return Response.json(path === "/api/house" ? sampleHouse() : sampleRoom());
    });
    await userEvent.click(screen.getByText("Set up room and agent"));
    await userEvent.selectOptions(await screen.findByLabelText("Voice of Flite"), "rms");
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    const created = requested.find(([path]) => path === "/api/rooms");
    expect(created).toMatchObject(["/api/rooms", { agent: { voice: "rms" } }]);
  });

  it("offers the languages of whatever speaks, where there are several", async () => {
    const requested: [string, unknown][] = [];
    const languages = ["en", "de", "pt-BR"];
    renderApp("/", (path, body) => {
      requested.push([path, body]);
      return Response.json(path === "/api/house" ? sampleHouse({ languages }) : sampleRoom());
    });
    await userEvent.click(screen.getByText("Set up room and agent"));
    const field = await screen.findByLabelText("Language");
    expect(within(field).getAllByRole("option")[0]?.textContent).toBe("The usual one: English");
    await userEvent.selectOptions(field, "German");
    await userEvent.selectOptions(screen.getByLabelText("Patience"), "patient");
    await userEvent.selectOptions(screen.getByLabelText(/^Answers/), "always");
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    const created = requested.find(([path]) => path === "/api/rooms");
    const agent = { language: "de", patience: "patient", answers: "always" };
    expect(created).toMatchObject(["/api/rooms", { agent }]);
  });

  it("plays what the chosen voice and language sound like", async () => {
    const played: string[] = [];
    vi.spyOn(HTMLMediaElement.prototype, "pause").mockReturnValue();
    vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(function play(
      this: HTMLMediaElement,
    ) {
      played.push(new URL(this.src).search);
      return played.length === 1 ? Promise.resolve() : Promise.reject(new Error("no voice"));
    });
    renderApp("/", () => Response.json(sampleHouse({ languages: ["en", "de"] })));
    await userEvent.click(screen.getByText("Set up room and agent"));
    const hear = await screen.findByRole("button", { name: "Hear it" });
    await userEvent.click(hear);
    expect(screen.queryByText(/cannot be heard/)).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText("Voice of Flite"), "rms");
    await userEvent.selectOptions(screen.getByLabelText("Language"), "de");
    await userEvent.click(hear);
    expect(await screen.findByText(/cannot be heard/)).toBeTruthy();
    expect(played).toEqual(["", "?voice=rms&language=de"]);
  });

  it("offers no choice of languages to a voice that speaks one", async () => {
    renderApp("/", () => Response.json(sampleHouse()));
    await userEvent.click(screen.getByText("Set up room and agent"));
    await screen.findByLabelText("Voice of Flite");
    expect(screen.queryByLabelText("Language")).toBeNull();
  });

  it("lets people choose among the tools that the server offers", async () => {
    const requested: [string, unknown][] = [];
    const tools = [
      { name: "time", title: "Time and date" },
      { name: "files", title: "Files" },
    ];
    renderApp("/", (path, body) => {
      requested.push([path, body]);
      return Response.json(path === "/api/house" ? sampleHouse({ tools }) : sampleRoom());
    });
    await userEvent.click(screen.getByText("Set up room and agent"));
    const group = await screen.findByRole("group", { name: "What the agent may use" });
    await userEvent.click(within(group).getByRole("checkbox", { name: "Files" }));
    await userEvent.click(screen.getByRole("button", { name: "New room" }));
    const created = requested.find(([path]) => path === "/api/rooms");
    expect(created).toMatchObject(["/api/rooms", { agent: { tools: ["time"] } }]);
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
    expect(screen.getByText(/What is it\?/).getAttribute("role")).toBe("alert");
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Your name" }));
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
  it("is remembered by the first words of a person", async () => {
    const client = await joinRoom();
    const say = (kind: "turn" | "reply", text: string) => {
      const entry = { ...sampleEntry(kind, { text, isFinal: true }), kind };
      client.emit({ type: "room-event", body: { type: "transcript-final", entry } });
    };
    act(() => {
      say("reply", "Hello!");
      say("turn", "What is for dinner?");
    });
    expect(preferencesStore.getState().recentRooms[0]?.firstWords).toBe("What is for dinner?");
  });

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

  it("shows for as long as it is true that the recogniser is a demonstration", async () => {
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
    expect(screen.getByText(/demonstration/)).toBe(note);
    const hearing = { recognizer: "Nemotron Speech", isDemonstration: false };
    act(() => {
      client.emit({ type: "room-event", body: { type: "agent-hearing", hearing } });
    });
    expect(screen.queryByText(/demonstration/)).toBeNull();
  });

  it("shows who is misheard, and what would help", async () => {
    const client = await joinRoom();
    const misheard = (...memberIds: MemberId[]) => {
      act(() => {
        client.emit({ type: "room-event", body: { type: "misheard-members", memberIds } });
      });
      return screen.queryByText(/does not understand/)?.textContent ?? "";
    };
    act(() => {
      const members = [sampleMember(adaId), sampleMember(benId), sampleMember(agentId)];
      client.emit({ type: "roster-changed", members });
    });
    expect(misheard(adaId)).toMatch(/understand you well\. It helps to come closer/);
    expect(misheard(benId)).toContain("understand Ben well");
    expect(misheard(adaId, benId)).toContain("understand you and Ben well");
    expect(misheard()).toBe("");
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
    // There is nothing to interrupt yet.
    await userEvent.click(screen.getByRole("button", { name: "Interrupt" }));
    act(() => {
      client.emit({ type: "room-event", body: { type: "agent-state", state: "speaking" } });
    });
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

  it("shares the address that others reach, with a QR code", async () => {
    // `setup` installs a clipboard, which jsdom lacks.
    const user = userEvent.setup();
    await joinRoom({}, "https://192.168.1.20:7860");
    await user.click(screen.getByRole("button", { name: "Share" }));
    const dialog = screen.getByRole("dialog", { name: "Share this room" });
    const copy = within(dialog).getByRole("button", { name: "Copy link" });
    expect(document.activeElement).toBe(copy);
    expect(await within(dialog).findByText(/is in this network/)).toBeTruthy();
    await user.click(copy);
    const { pathname } = window.location;
    expect(await navigator.clipboard.readText()).toBe(`https://192.168.1.20:7860${pathname}`);
    expect(within(dialog).getByRole("img", { name: /QR code/ })).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("says that a link to localhost leads nobody here, and what would", async () => {
    await joinRoom();
    await userEvent.click(screen.getByRole("button", { name: "Share" }));
    expect(screen.getByText("This link works on this computer only")).toBeTruthy();
    expect(screen.getByText("npm start -- --share")).toBeTruthy();
    expect(screen.queryByRole("img", { name: /QR code/ })).toBeNull();
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
