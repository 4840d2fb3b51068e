import { loadSpeex } from "@parley/audio/resampling/speex";
import { sampleCard } from "@parley/fleet/testing/sample-lease";
import { newId, type MemberId, type RoomId, type TurnId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { silentLog } from "../contracts/log";
import { CodedWarnings } from "../logging/coded-warnings";
import { FakeInference } from "../testing/fake-inference";
import { AgentBridge, type AgentBridgeEvent } from "./agent-bridge";
import { LastingCounts } from "./lasting-counts";
import { noDroppedFrames } from "./no-dropped-frames";
import { WorkerChooser } from "./worker-chooser";

const member = newId<MemberId>();

let clock: FakeClock;
let first: FakeInference;
let second: FakeInference;
let workers: WorkerChooser;
let bridge: AgentBridge;
let events: AgentBridgeEvent[];

beforeEach(async () => {
  clock = new FakeClock();
  first = new FakeInference();
  second = new FakeInference();
  events = [];
  await Promise.all([first.start(), second.start()]);
  workers = new WorkerChooser([workerAt(first, 0), workerAt(second, 0.5)]);
  bridge = new AgentBridge({
    roomId: newId<RoomId>(),
    clock,
    workers,
    wish: { voice: "", language: "" },
    inferenceKey: null,
    encoder: { encode: () => Uint8Array.of(8), close: () => undefined },
    speex: await loadSpeex(),
    warnings: new CodedWarnings(silentLog, clock),
    dropped: new LastingCounts(noDroppedFrames),
    onEvent: (event) => {
      events.push(event);
      if (event.type !== "link-opened") return;
      bridge.send({
        type: "session-open",
        protocol: 2,
        roomId: newId<RoomId>(),
        agent: {
          name: "A",
          instructions: "",
          greeting: "",
          voice: "",
          language: "",
          patience: "normal",
          answers: "always",
          tools: null,
        },
        members: [],
        history: [],
      });
    },
  });
});

afterEach(async () => {
  bridge.close();
  await Promise.all([first.stop(), second.stop()]);
});

function workerAt({ url }: FakeInference, load: number) {
  return { url, isReady: true, card: sampleCard(url, { load }) };
}

/** Polls in real time: sockets know no fake clock. */
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 5_000, interval: 5 });

const readies = () =>
  events.filter((event) => event.type === "link-notice" && event.notice.type === "session-ready");

async function connect(): Promise<void> {
  bridge.start();
  await until(() => {
    expect(readies()).toHaveLength(1);
  });
}

describe("a room with several workers", () => {
  test("goes to the best one, and to the other at once when that one dies", async () => {
    await connect();
    expect([first.sessions, second.sessions]).toEqual([1, 0]);
    await first.stop();
    // No time passes on the clock: nothing is waited for.
    await until(() => {
      expect(second.sessions).toBe(1);
    });
  });

  test("leaves one that has vanished without a word after two heartbeats", async () => {
    await connect();
    first.freeze();
    for (let beat = 0; beat < 2; beat++) await clock.advance(750);
    await until(() => {
      expect(second.sessions).toBe(1);
    });
  });

  test("goes to the other at once when one refuses, and waits as long as both ask for", async () => {
    first.refusal = { code: "at-capacity", retryAfterMs: 4_000 };
    second.refusal = { code: "at-capacity", retryAfterMs: 6_000 };
    bridge.start();
    await until(() => {
      expect(events.filter(({ type }) => type === "link-lost")).toHaveLength(2);
    });
    await clock.advance(3_900);
    expect(first.attempts + second.attempts).toBe(2);
    first.refusal = null;
    await clock.advance(200);
    await until(() => {
      expect(first.sessions).toBe(1);
    });
  });

  test("is served as soon as a worker that refused it has room", async () => {
    first.refusal = { code: "at-capacity", retryAfterMs: 60_000 };
    second.refusal = first.refusal;
    bridge.start();
    await until(() => {
      expect(events.filter(({ type }) => type === "link-lost")).toHaveLength(2);
    });
    workers.setWorkers([workerAt(first, 1), workerAt(second, 1)]);
    second.refusal = null;
    workers.setWorkers([workerAt(first, 1), workerAt(second, 0.9)]);
    await until(() => {
      expect(second.sessions).toBe(1);
    });
  });

  test("lets the next worker hear the turn in hand from its beginning, and what came meanwhile", async () => {
    await connect();
    const now = clock.now();
    const frames = (fromMs: number, toMs: number) => {
      for (let at = fromMs; at < toMs; at += 20) {
        bridge.pushMicrophone(member, { samples: new Int16Array(320), arrivedAtMs: now + at });
      }
    };
    frames(-2_000, 0);
    await until(() => {
      expect(first.frames).toHaveLength(100);
    });
    const startedAtMs = now - 1_000;
    const turn = { turnId: newId<TurnId>(), memberId: member, revision: 0, text: "hello" };
    first.send({ type: "transcript-partial", ...turn, startedAtMs });
    await until(() => {
      expect(events.at(-1)).toMatchObject({ notice: { type: "transcript-partial" } });
    });
    await first.stop();
    frames(0, 100);
    await until(() => {
      expect(second.frames).toHaveLength(85 + 5);
    });
    expect(second.frames.map(({ sequence }) => sequence)).toEqual(Array.from(Array(90).keys()));
    expect(second.frames[0]?.stampMs).toBeCloseTo(now - 1_700, 3);
    const lost = events.find(({ type }) => type === "link-lost");
    expect(lost).toMatchObject({ replayedMembers: [member] });
  });

  test("leaves a worker whose protocol is too far away", async () => {
    first.protocol = 9;
    bridge.start();
    await until(() => {
      expect(second.sessions).toBe(1);
    });
  });
});
