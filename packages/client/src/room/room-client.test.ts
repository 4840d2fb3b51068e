import { AppError } from "@parley/shared/errors";
import type { ReplyId, EntryId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeAudioDevices } from "../testing/fake-audio-devices";
import { FakeMediaClient } from "../testing/fake-media-client";
import { FakeMicrophone } from "../testing/fake-microphone";
import { FakeSignallingClient } from "../testing/fake-signalling-client";
import {
  adaId,
  agentId,
  benId,
  sampleEntry,
  sampleId,
  sampleRoomEvents,
  sampleRoomId,
  sampleSnapshot,
} from "../testing/room-samples";
import type { ClientEvent } from "./client-event";
import { ProblemError } from "../problem";
import { choose } from "../testing/choose-microphone";
import { RoomClient } from "./room-client";
import { AudioOutput } from "../sound/audio-output";

const agentSource = { producerId: "agent-voice", memberId: agentId };
const ownSource = { producerId: "own-voice", memberId: adaId };
const replyId = sampleId<ReplyId>("reply");

let clock: FakeClock;
let signalling: FakeSignallingClient;
let media: FakeMediaClient[];
let microphone: FakeMicrophone;
let devices: FakeAudioDevices;
let client: RoomClient;
let events: ClientEvent[];
/** Whether sound finds its way to the server. */
let canConnect: boolean;
/** Gate that creating transports waits for. */
let startGate: Promise<void>;
let openGate: () => void;

beforeEach(() => {
  clock = new FakeClock();
  signalling = new FakeSignallingClient();
  signalling.snapshot = sampleSnapshot({ media: [agentSource, ownSource] });
  media = [];
  canConnect = true;
  startGate = Promise.resolve();
  microphone = new FakeMicrophone();
  devices = new FakeAudioDevices();
  client = new RoomClient({
    signalling,
    createMedia: () => {
      const created = new FakeMediaClient();
      created.gate = startGate;
      created.canConnect = canConnect;
      media.push(created);
      return created;
    },
    microphone,
    devices,
    audioOutput: new AudioOutput(),
    clock,
  });
  events = [];
  client.subscribe((event) => {
    if (event.type !== "levels-changed") events.push(event);
  });
});

async function join(): Promise<FakeMediaClient> {
  await client.join({
    roomId: sampleRoomId,
    name: "Ada",
    microphone: choose(null),
    speakerId: null,
    agentVolume: 1,
  });
  await clock.advance(0);
  return latestMedia();
}

function latestMedia(): FakeMediaClient {
  const latest = media.at(-1);
  if (latest === undefined) throw new Error("no media was made");
  return latest;
}

function connections(): string[] {
  return events.flatMap((event) => (event.type === "connection-changed" ? event.connection : []));
}

function problems(): (string | null)[] {
  return events.flatMap((event) => (event.type === "problem-changed" ? [event.problem] : []));
}

describe("joining", () => {
  it("takes a seat, sends the microphone and receives everybody but oneself", async () => {
    const first = await join();
    expect(connections()).toEqual(["connecting", "connected"]);
    expect(signalling.requestsOf("room-join")).toEqual([
      { protocol: 1, roomId: sampleRoomId, name: "Ada", seatToken: null },
    ]);
    expect(first.microphone).not.toBeNull();
    expect(first.sources).toEqual(["agent-voice"]);
  });

  it("joins without a microphone when permission is denied, and emits the problem", async () => {
    microphone.failure = new ProblemError("permission-denied", "refused");
    const first = await join();
    expect(connections().at(-1)).toBe("connected");
    expect(first.microphone).toBeNull();
    expect(events).toContainEqual({
      type: "microphone-changed",
      microphone: { state: "unavailable", problem: "permission-denied" },
    });
  });

  it("sends a microphone that is permitted later", async () => {
    microphone.failure = new ProblemError("permission-denied", "refused");
    const first = await join();
    microphone.failure = null;
    await client.chooseMicrophone(choose("headset"));
    expect(first.microphone).not.toBeNull();
    expect(microphone.opened).toEqual([null, "headset"]);
  });

  it("opens another microphone when the one in use is unplugged", async () => {
    const first = await join();
    const before = first.microphone;
    microphone.unplug();
    await clock.advance(0);
    expect(first.microphone).not.toBe(before);
  });

  it("measures what the server's timings leave out", async () => {
    const first = await join();
    first.receiveEvent(1, sampleRoomEvents["turn-timings"]);
    await clock.advance(0);
    const delay = await first.soundDelay();
    expect(events).toContainEqual({ type: "sound-delay-measured", delay });
  });

  it("learns of an agent that came before the channel was open", async () => {
    signalling.snapshot = sampleSnapshot({ agentState: "away" });
    const first = await join();
    signalling.snapshot = sampleSnapshot({ sequence: 1, agentState: "listening" });
    first.emit({ type: "room-channel-opened" });
    await clock.advance(0);
    expect(events.findLast((event) => event.type === "snapshot-applied")).toMatchObject({
      snapshot: { agentState: "listening" },
    });
  });

  it("says within 8 s that no sound gets through, and where it should go, until it does", async () => {
    canConnect = false;
    const first = await join();
    expect(connections()).toEqual(["connecting"]);
    await clock.advance(8_000);
    expect(problems().at(-1)).toBe("media-unavailable");
    expect(events).toContainEqual({ type: "media-routes-changed", routes: first.routes() });
    first.emit({ type: "connection-changed", connection: "connected" });
    expect(problems().at(-1)).toBeNull();
    expect(connections().at(-1)).toBe("connected");
  });

  it("fails when the room refuses", async () => {
    signalling.failures["room-join"] = [new AppError("room-full", "8 people are in")];
    await client.join({
      roomId: sampleRoomId,
      name: "Ada",
      microphone: choose(null),
      speakerId: null,
      agentVolume: 1,
    });
    await clock.advance(0);
    expect(problems()).toEqual(["room-full"]);
    expect(connections().at(-1)).toBe("failed");
    expect(microphone.isClosed).toBe(true);
    expect(signalling.isClosed).toBe(true);
  });

  it("retries when the server is slow", async () => {
    signalling.failures["room-join"] = [new AppError("timeout", "late", { isRetryable: true })];
    await client.join({
      roomId: sampleRoomId,
      name: "Ada",
      microphone: choose(null),
      speakerId: null,
      agentVolume: 1,
    });
    await clock.advance(500);
    expect(connections().at(-1)).toBe("connected");
    expect(problems()).toEqual(["server-unreachable", null]);
  });
});

describe("outages", () => {
  it("tells a lost way for sound from a lost server", async () => {
    const first = await join();
    first.emit({ type: "connection-changed", connection: "interrupted" });
    expect(connections().at(-1)).toBe("connected");
    await clock.advance(8_000);
    expect(problems().at(-1)).toBe("media-unavailable");
    signalling.disconnect();
    expect(problems().at(-1)).toBe("server-unreachable");
    await clock.advance(20_000);
    expect(problems().at(-1)).toBe("server-unreachable");
  });

  it("resumes its seat and keeps transports that are still alive", async () => {
    const first = await join();
    signalling.disconnect();
    expect(connections().at(-1)).toBe("reconnecting");
    signalling.isResumed = true;
    signalling.snapshot = sampleSnapshot({ sequence: 9, entries: [sampleEntry("missed")] });
    signalling.reconnect();
    await clock.advance(0);
    expect(signalling.requestsOf("room-join").at(-1)).toMatchObject({
      seatToken: sampleId("seat"),
    });
    expect(media).toHaveLength(1);
    expect(first.isClosed).toBe(false);
    expect(first.sources).toEqual([]);
    expect(connections().at(-1)).toBe("connected");
    expect(problems()).toEqual(["server-unreachable", null]);
  });

  it("rebuilds media when the seat could not be resumed, and stays muted", async () => {
    const first = await join();
    client.setMuted(true);
    signalling.disconnect();
    signalling.reconnect();
    await clock.advance(0);
    expect(first.isClosed).toBe(true);
    expect(media).toHaveLength(2);
    expect(latestMedia().isMuted).toBe(true);
    expect(latestMedia().microphone).not.toBeNull();
    expect(signalling.requestsOf("media-mute").at(-1)).toEqual({ isMuted: true });
  });

  it("rejoins and rebuilds media when the room's media was restarted", async () => {
    const first = await join();
    signalling.isResumed = true;
    signalling.mediaEpoch = 2;
    signalling.notify({ name: "media-restarted", payload: { mediaEpoch: 2 } });
    expect(connections().at(-1)).toBe("reconnecting");
    await clock.advance(0);
    expect(first.isClosed).toBe(true);
    expect(latestMedia().sources).toEqual(["agent-voice"]);
    expect(connections().at(-1)).toBe("connected");
  });

  it("restarts ICE after the media connection has failed", async () => {
    const first = await join();
    first.emit({ type: "connection-changed", connection: "failed" });
    expect(connections().at(-1)).toBe("reconnecting");
    await clock.advance(0);
    expect(first.restarts).toBe(1);
    first.emit({ type: "connection-changed", connection: "connected" });
    expect(connections().at(-1)).toBe("connected");
    expect(media).toHaveLength(1);
  });

  it("rebuilds media when ICE cannot be restarted", async () => {
    const first = await join();
    first.restartFailure = new AppError("not-found", "no such transport");
    signalling.isResumed = true;
    first.emit({ type: "connection-changed", connection: "failed" });
    await clock.advance(10_000);
    expect(first.restarts).toBe(3);
    expect(first.isClosed).toBe(true);
    expect(media).toHaveLength(2);
    expect(connections().at(-1)).toBe("connected");
  });

  it("fails when the room was closed", async () => {
    await join();
    signalling.notify({ name: "room-closed", payload: { reason: "shutdown" } });
    expect(problems()).toEqual(["room-closed"]);
    expect(connections().at(-1)).toBe("failed");
  });
});

describe("talking", () => {
  it("mutes a held reply until it is resumed, and a cut one until the next", async () => {
    const first = await join();
    const track = { enabled: true } as MediaStreamTrack;
    first.emit({ type: "track-added", memberId: agentId, track });
    expect(document.querySelectorAll("audio[data-agent-audio]")).toHaveLength(1);
    first.receiveEvent(1, { type: "reply-start", replyId, turnId: null });
    first.receiveEvent(2, { type: "reply-hold", replyId });
    expect(track.enabled).toBe(false);
    first.receiveEvent(3, { type: "reply-resume", replyId });
    expect(track.enabled).toBe(true);
    first.receiveEvent(4, { type: "reply-flush", replyId });
    first.receiveEvent(5, { type: "reply-resume", replyId: sampleId<ReplyId>("other") });
    expect(track.enabled).toBe(false);
    const next = sampleId<ReplyId>("next");
    first.receiveEvent(6, { type: "reply-start", replyId: next, turnId: null });
    expect(track.enabled).toBe(true);
    client.close();
    expect(document.querySelectorAll("audio")).toHaveLength(0);
  });

  it("interrupts the reply that is being spoken", async () => {
    const first = await join();
    first.receiveEvent(1, { type: "reply-start", replyId, turnId: null });
    client.interrupt();
    expect(first.sent).toEqual([{ type: "interrupt", replyId }]);
  });

  it("keeps a message until the room has confirmed it, and sends it again after an outage", async () => {
    const first = await join();
    first.canSend = false;
    client.sendMessage("  hello  ");
    first.canSend = true;
    first.emit({ type: "channel-opened" });
    const [sent] = first.sent;
    expect(sent).toMatchObject({ type: "message", text: "hello" });
    const entryId = sent?.type === "message" ? sent.messageId : sampleId<EntryId>("none");
    first.receiveEvent(1, {
      type: "transcript-final",
      entry: sampleEntry("x", { entryId, kind: "message" }),
    });
    expect(events.findLast((event) => event.type === "messages-pending")).toEqual({
      type: "messages-pending",
      messages: [],
    });
    first.emit({ type: "channel-opened" });
    expect(first.sent).toHaveLength(1);
  });

  it("mutes a microphone that is muted while it is being set", async () => {
    const first = await join();
    first.microphone = null;
    let openMicrophoneGate: () => void = () => undefined;
    first.microphoneGate = new Promise((resolve) => {
      openMicrophoneGate = resolve;
    });
    const choosing = client.chooseMicrophone(choose("headset"));
    await clock.advance(0);
    client.setMuted(true);
    openMicrophoneGate();
    await choosing;
    await clock.advance(0);
    expect(first.microphone).not.toBeNull();
    expect(first.isMuted).toBe(true);
  });

  it("detects talking into a muted microphone", async () => {
    await join();
    client.setMuted(true);
    microphone.loudness = 0.8;
    await clock.advance(1_000);
    expect(events).toContainEqual({ type: "muted-speech-changed", isSpeaking: true });
    client.setMuted(false);
    await clock.advance(200);
    expect(events).toContainEqual({ type: "muted-speech-changed", isSpeaking: false });
  });

  it("receives a member who came while transports were created", async () => {
    const source = { producerId: "ben-voice", memberId: benId };
    const joining = client.join({
      roomId: sampleRoomId,
      name: "Ada",
      microphone: choose(null),
      speakerId: null,
      agentVolume: 1,
    });
    startGate = new Promise((resolve) => {
      openGate = resolve;
    });
    await joining;
    await clock.advance(0);
    signalling.notify({ name: "media-available", payload: source });
    openGate();
    await clock.advance(0);
    expect(latestMedia().sources).toEqual(["agent-voice", "ben-voice"]);
  });

  it("adds and removes the audio of members who come and go", async () => {
    const first = await join();
    const source = { producerId: "ben-voice", memberId: benId };
    signalling.notify({ name: "media-available", payload: source });
    expect(first.sources).toEqual(["agent-voice", "ben-voice"]);
    signalling.notify({ name: "media-closed", payload: { producerId: "ben-voice" } });
    expect(first.sources).toEqual(["agent-voice"]);
  });
});

it("requests to leave, closes everything and may be closed again", async () => {
  const first = await join();
  await client.leave();
  client.close();
  expect(signalling.requestsOf("room-leave")).toHaveLength(1);
  expect([first.isClosed, microphone.isClosed, signalling.isClosed]).toEqual([true, true, true]);
  expect(connections().at(-1)).toBe("closed");
});
