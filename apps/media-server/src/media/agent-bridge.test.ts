import { loadSpeex } from "@parley/audio/resampling/speex";
import type { LinkRequest } from "@parley/shared/protocol/agent-link";
import { newId, type MemberId, type ReplyId, type RoomId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Log } from "../contracts/log";
import { silentLog } from "../contracts/log";
import type { DroppedFrames } from "../contracts/media-statistics";
import { CodedWarnings } from "../logging/coded-warnings";
import { FakeInference } from "../testing/fake-inference";
import { LastingCounts } from "./lasting-counts";
import { noDroppedFrames } from "./no-dropped-frames";
import { AgentBridge, type AgentBridgeEvent } from "./agent-bridge";
import { WorkerChooser } from "./worker-chooser";

const member = newId<MemberId>();
const reply = newId<ReplyId>();
const open: LinkRequest = {
  type: "session-open",
  protocol: 1,
  roomId: newId<RoomId>(),
  agent: {
    name: "A",
    instructions: "",
    greeting: "",
    voice: "",
    language: "",
    patience: "normal",
    answers: "when-addressed",
    tools: null,
  },
  members: [],
  history: [],
};

let clock: FakeClock;
let inference: FakeInference;
let bridge: AgentBridge;
let events: AgentBridgeEvent[];
let warnings: string[];
let dropped: LastingCounts<keyof DroppedFrames>;

beforeEach(async () => {
  clock = new FakeClock();
  inference = new FakeInference();
  events = [];
  warnings = [];
  dropped = new LastingCounts(noDroppedFrames);
  await inference.start();
  const log: Log = {
    ...silentLog,
    warn: (fields) => warnings.push((fields as { code: string }).code),
  };
  bridge = new AgentBridge({
    roomId: newId<RoomId>(),
    clock,
    workers: new WorkerChooser([{ url: inference.url, isReady: true, card: null }]),
    wish: { voice: "", language: "" },
    inferenceKey: null,
    encoder: { encode: () => Uint8Array.of(8), close: () => undefined },
    speex: await loadSpeex(),
    warnings: new CodedWarnings(log, clock),
    dropped,
    onEvent: (event) => {
      events.push(event);
      if (event.type === "link-opened") bridge.send(open);
    },
  });
});

afterEach(async () => {
  bridge.close();
  await inference.stop();
});

/** Polls in real time: sockets know no fake clock. */
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 5_000, interval: 5 });

function pushFrames(count: number, first = 0): void {
  for (let at = 0; at < count; at++) {
    const samples = new Int16Array(320).fill(first + at);
    bridge.pushMicrophone(member, { samples, arrivedAtMs: first + at });
  }
}

async function connect(): Promise<void> {
  bridge.start();
  await until(() => {
    expect(events.map(({ type }) => type)).toContain("link-notice");
  });
}

test("frames wait until the session is ready, then go out in order", async () => {
  pushFrames(3);
  await connect();
  pushFrames(2, 3);
  await until(() => {
    expect(inference.frames).toHaveLength(5);
  });
  expect(inference.requests[0]!.type).toBe("session-open");
  expect(inference.frames.map(({ sequence, stampMs }) => [sequence, stampMs])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
  ]);
  expect(inference.frames[4]).toMatchObject({ kind: "microphone", id: member, sampleRate: 16_000 });
});

test("at most 15 s of frames wait for a lost link, and are sent on reconnecting", async () => {
  await connect();
  await inference.stop();
  await until(() => {
    expect(events.at(-1)!.type).toBe("link-lost");
  });
  pushFrames(800);
  await inference.start();
  await clock.advance(250);
  await until(() => {
    expect(inference.sessions).toBe(2);
    expect(inference.frames).toHaveLength(750);
  });
  expect(inference.frames[0]).toMatchObject({ sequence: 0, stampMs: 50 });
  expect(warnings).toEqual(["timeout"]);
  expect(dropped.totals.microphone).toBeGreaterThan(0);
});

test("connecting is retried until the worker is there", async () => {
  await inference.stop();
  bridge.start();
  await clock.advance(1_000);
  await inference.start();
  await until(async () => {
    await clock.advance(1_000);
    expect(inference.sessions).toBe(1);
  });
});

test("a reply is paced and its playout reported", async () => {
  const packets: Buffer[] = [];
  bridge.attachVoice((packet) => packets.push(packet));
  await connect();
  inference.send({ type: "reply-start", replyId: reply, turnId: null });
  const samples = new Int16Array(480).fill(5);
  const frame = { kind: "reply", id: reply, sampleRate: 24_000, stampMs: 0, samples } as const;
  inference.sendFrame({ ...frame, sequence: 0 });
  inference.sendFrame({ ...frame, sequence: 1 });
  inference.send({ type: "reply-audio-end", replyId: reply, totalMs: 40 });
  await until(() => {
    expect(events).toHaveLength(4);
  });
  await clock.advance(60);
  await until(() => {
    expect(inference.received("playout").map(({ state }) => state)).toEqual([
      "started",
      "finished",
    ]);
  });
  const timestamps = packets.map((packet) => packet.readUInt32BE(4));
  expect(timestamps.slice(1).map((timestamp, at) => timestamp - timestamps[at]!)).toEqual(
    Array(packets.length - 1).fill(960),
  );
});

test("a cancelled reply is reported at once and its late frames are dropped", async () => {
  await connect();
  inference.send({ type: "reply-start", replyId: reply, turnId: null });
  inference.send({ type: "reply-cancel", replyId: reply });
  inference.sendFrame({
    kind: "reply",
    id: reply,
    sequence: 0,
    sampleRate: 24_000,
    stampMs: 0,
    samples: new Int16Array(480),
  });
  await until(() => {
    expect(inference.received("playout")).toMatchObject([{ state: "cancelled", playedMs: 0 }]);
  });
});

test("malformed messages and frames are dropped with a coded warning", async () => {
  await connect();
  inference.sendRaw("no JSON");
  inference.sendRaw(JSON.stringify({ type: "reply-start", replyId: 7 }));
  inference.sendRaw(JSON.stringify({ type: "type-of-a-newer-version" }));
  inference.sendRaw(Uint8Array.of(1, 2, 3));
  inference.sendRaw(new Uint8Array(200_000));
  inference.sendFrame({
    kind: "reply",
    id: reply,
    sequence: 0,
    sampleRate: 24_000,
    stampMs: 0,
    samples: new Int16Array(480),
  });
  inference.send({ type: "agent-state", state: "thinking" });
  await until(() => {
    expect(events.at(-1)).toMatchObject({ notice: { type: "agent-state" } });
  });
  expect(new Set(warnings)).toEqual(
    new Set(["invalid-request", "frame-malformed", "frame-too-large", "not-found"]),
  );
});

test("a reply ends when the link is lost", async () => {
  await connect();
  inference.send({ type: "reply-start", replyId: reply, turnId: null });
  await until(() => {
    expect(events.at(-1)).toMatchObject({ notice: { type: "reply-start" } });
  });
  await inference.stop();
  await until(() => {
    expect(events.at(-1)!.type).toBe("link-lost");
  });
  await inference.start();
  await clock.advance(250);
  await until(() => {
    expect(inference.sessions).toBe(2);
  });
  expect(inference.received("playout")).toEqual([]);
});
