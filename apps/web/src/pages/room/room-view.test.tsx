import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ClientEvent } from "@parley/client/room/client-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { preferencesStore } from "../../stores/preferences-store";
import type { FakeRoomClient } from "@parley/client/testing/fake-room-client";
import { joinRoom } from "../../testing/join-room";
import {
  adaId,
  agentId,
  benId,
  sampleEntry,
  sampleMember,
  sampleTimings,
} from "@parley/client/testing/room-samples";

beforeEach(() => {
  preferencesStore.setState({ theme: "system", recentRooms: [], announcements: "people" });
});
afterEach(() => {
  vi.useRealTimers();
});

function emit(client: FakeRoomClient, ...events: ClientEvent[]): void {
  act(() => {
    client.emit(...events);
  });
}

const company = [sampleMember(agentId), sampleMember(adaId), sampleMember(benId)];
const reply = sampleEntry("reply", { kind: "reply", memberId: agentId, name: "Parley" });

describe("the agent", () => {
  it("is coming in at first, and away only after a while", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await joinRoom({ agentState: "away" });
    const status = screen.getByRole("status", { name: "Agent" });
    expect(status.textContent).toContain("is coming in");
    expect(screen.queryByText("The agent is away")).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(3_100));
    expect(status.textContent).toContain("is away");
    expect(screen.getByText("The agent is away")).toBeTruthy();
    expect(screen.queryByText(/talk to each other/)).toBeNull();
  });

  it("is out of reach while the connection is lost, and says nothing new", async () => {
    const client = await joinRoom();
    emit(client, { type: "connection-changed", connection: "reconnecting" });
    expect(screen.getByRole("status", { name: "Agent" }).textContent).toContain("out of reach");
  });

  it("tells those who are muted that it does not hear them", async () => {
    const client = await joinRoom();
    emit(client, { type: "muted-changed", isMuted: true });
    expect(screen.getByRole("status", { name: "Agent" }).textContent).toContain("you are muted");
  });
});

describe("captions", () => {
  const said = sampleEntry("said", { text: "last week's words" });
  const now = sampleEntry("now", { text: "tomatoes", isFinal: false, startedAtMs: 2_000 });

  it("begin with what is said in one's presence, and fade", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const client = await joinRoom({ entries: [said] });
    expect(screen.getAllByText("last week's words")).toHaveLength(1);
    emit(client, { type: "room-event", body: { type: "transcript-partial", entry: now } });
    expect(screen.getAllByText(/tomatoes/)).toHaveLength(2);
    const entry = { ...now, isFinal: true, revision: 1 };
    emit(client, { type: "room-event", body: { type: "transcript-final", entry } });
    expect(screen.getAllByText(/tomatoes/)).toHaveLength(2);
    await act(() => vi.advanceTimersByTimeAsync(9_000));
    expect(screen.getAllByText(/tomatoes/)).toHaveLength(1);
  });

  it("say who speaks where more than one person may", async () => {
    const client = await joinRoom({ members: company });
    emit(client, { type: "room-event", body: { type: "transcript-partial", entry: now } });
    // In the list of people, in the transcript, and above the caption.
    expect(screen.getAllByText("Ada")).toHaveLength(3);
  });
});

describe("problems", () => {
  it("name what to open where sound does not get through", async () => {
    const client = await joinRoom();
    emit(
      client,
      {
        type: "media-routes-changed",
        routes: [{ address: "192.0.2.7", port: 44_444, protocol: "udp" }],
      },
      { type: "problem-changed", problem: "media-unavailable" },
    );
    expect(screen.getByRole("alert").textContent).toMatch(/192\.0\.2\.7, UDP port 44444/);
  });
});

describe("the transcript", () => {
  it("is read out without the agent's words, which are heard, unless they are asked for", async () => {
    await joinRoom({ entries: [sampleEntry("ada"), reply] });
    const live = () =>
      within(screen.getByRole("log"))
        .getAllByRole("listitem")
        .map((item) => item.getAttribute("aria-live"));
    expect(live()).toEqual([null, "off"]);
    act(() => {
      preferencesStore.setState({ announcements: "all" });
    });
    expect(live()).toEqual([null, null]);
    act(() => {
      preferencesStore.setState({ announcements: "none" });
    });
    expect(live()).toEqual(["off", "off"]);
  });

  it("shows Markdown as what it means, with links that do no harm", async () => {
    const text = "**Sow** [here](https://x.org/) or [there](javascript:alert)";
    await joinRoom({ entries: [{ ...reply, text }] });
    const log = screen.getByRole("log");
    expect(within(log).getByText("Sow").tagName).toBe("STRONG");
    expect(
      within(log)
        .getAllByRole("link")
        .map((link) => link.getAttribute("href")),
    ).toEqual(["https://x.org/"]);
  });

  it("shows the parts of the last answer's latency to a click", async () => {
    const client = await joinRoom();
    emit(
      client,
      { type: "room-event", body: { type: "turn-timings", timings: sampleTimings() } },
      { type: "sound-delay-measured", delay: { microphoneMs: 25, playerMs: 80 } },
    );
    await userEvent.click(screen.getByRole("button", { name: /Heard after 477 ms/ }));
    expect(screen.getByText("way and player")).toBeTruthy();
  });
});

describe("the composer", () => {
  it("leaves Enter to the input method, also in Safari's way", async () => {
    const client = await joinRoom();
    const box = screen.getByRole("textbox", { name: "Message" });
    fireEvent.change(box, { target: { value: "何時" } });
    fireEvent.keyDown(box, { key: "Enter", keyCode: 229 });
    expect(client.calls).not.toContain("message 何時");
    fireEvent.keyDown(box, { key: "Enter", keyCode: 13 });
    expect(client.calls).toContain("message 何時");
  });

  it("says what did not fit", async () => {
    await joinRoom();
    const box = screen.getByRole("textbox", { name: "Message" });
    fireEvent.change(box, { target: { value: "x".repeat(20_000) } });
    expect(screen.getByText(/16,000 were left out/)).toBeTruthy();
    fireEvent.change(box, { target: { value: "short" } });
    expect(screen.queryByText(/left out/)).toBeNull();
  });
});

describe("keyboards", () => {
  it("reach every control of the toolbar with arrows", async () => {
    await joinRoom();
    screen.getByRole("button", { name: "Mute" }).focus();
    const names = [];
    for (const key of ["{ArrowRight}", "{End}", "{ArrowRight}", "{ArrowLeft}", "{Home}"]) {
      await userEvent.keyboard(key);
      names.push(document.activeElement?.textContent);
    }
    expect(names).toEqual(["Interrupt", "Leave", "MuteM", "Leave", "MuteM"]);
  });

  it("begin at the title after joining, and at the heading of the lobby after leaving", async () => {
    await joinRoom();
    expect(document.activeElement?.tagName).toBe("H1");
    await userEvent.click(screen.getByRole("button", { name: "Leave" }));
    await screen.findByRole("button", { name: "New room" });
    expect(document.activeElement?.tagName).toBe("H1");
  });
});

it("says in the tab's title what people who look elsewhere should know", async () => {
  const client = await joinRoom();
  emit(client, { type: "room-event", body: { type: "agent-state", state: "speaking" } });
  expect(document.title).toBe("Parley speaks · A talk with Parley · Parley");
  emit(client, { type: "muted-changed", isMuted: true });
  expect(document.title).toMatch(/^Muted · /);
});

it("sets the loudness of the agent, and keeps it", async () => {
  const client = await joinRoom();
  await userEvent.click(screen.getByRole("button", { name: "Sound" }));
  fireEvent.change(screen.getByRole("slider"), { target: { value: "40" } });
  expect(client.calls).toContain("volume 0.4");
  expect(preferencesStore.getState().agentVolume).toBe(0.4);
});

describe("sound", () => {
  it("opens the microphone anew with noise in it, and remembers that", async () => {
    const client = await joinRoom();
    await userEvent.click(screen.getByRole("button", { name: "Sound" }));
    await userEvent.click(screen.getByRole("switch", { name: "Take noise out of my voice" }));
    expect(client.calls.at(-1)).toBe("microphone default with noise");
    expect(preferencesStore.getState().suppressesNoise).toBe(false);
    act(() => {
      preferencesStore.setState({ suppressesNoise: true });
    });
  });

  it("opens it anew with echo in it for whoever wears headphones, and remembers that", async () => {
    const client = await joinRoom();
    await userEvent.click(screen.getByRole("button", { name: "Sound" }));
    await userEvent.click(screen.getByRole("switch", { name: "I wear headphones" }));
    expect(client.calls.at(-1)).toBe("microphone default with echo");
    expect(preferencesStore.getState().wearsHeadphones).toBe(true);
    act(() => {
      preferencesStore.setState({ wearsHeadphones: false });
    });
  });
});
