import { loadSpeex, type Speex } from "@parley/audio/resampling/speex";
import type { PlayoutReport } from "@parley/shared/protocol/agent-link";
import { newId, type ReplyId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, test } from "vitest";
import { type PacerOptions, PlayoutPacer } from "./playout-pacer";

const frameSamples = 480;
const reply = newId<ReplyId>();
const next = newId<ReplyId>();

let clock: FakeClock;
let sent: { atMs: number; index: number; frame: Int16Array | null }[];
let reports: PlayoutReport[];
let options: PacerOptions;
let pacer: PlayoutPacer;
let startMs: number;

beforeEach(async () => {
  clock = new FakeClock();
  startMs = clock.now();
  sent = [];
  reports = [];
  options = {
    clock,
    speex: await loadSpeex(),
    send: (frame, index) => sent.push({ atMs: clock.now() - startMs, index, frame }),
    report: (report) => reports.push(report),
  };
  pacer = new PlayoutPacer(options);
  pacer.start();
});

/** Pushes frames of constant samples: 1000 in the first, 1001 in the second, and so on. */
function push(id: ReplyId, count: number, firstSequence = 0): string[] {
  return Array.from({ length: count }, (_, at) =>
    pacer.push({
      kind: "reply",
      id,
      sequence: firstSequence + at,
      sampleRate: 24_000,
      stampMs: (firstSequence + at) * 20,
      samples: new Int16Array(frameSamples).fill(1_000 + firstSequence + at),
    }),
  );
}

/** Frames sent, one entry each: the sample, `fade-in` or `fade-out`, `-` for silence. */
function played(): (number | string)[] {
  return sent.map(({ frame }) => {
    if (frame === null) return "-";
    const [first, last] = [frame[0]!, frame.at(-1)!];
    if (first === last) return first;
    return last === 0 ? "fade-out" : "fade-in";
  });
}

function states(): string[] {
  return reports.map(({ state, playedMs }) => `${state} ${playedMs}`);
}

test("a frame goes out every 20 ms, silence when there is no reply", async () => {
  await clock.advance(100);
  expect(sent.map(({ atMs }) => atMs)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(played()).toEqual(["-", "-", "-", "-", "-", "-"]);
});

test("a reply plays from its first frame and is reported", async () => {
  pacer.open(reply);
  push(reply, 12);
  pacer.endAudio(reply);
  await clock.advance(300);
  expect(played().slice(1, 14)).toEqual([...Array.from({ length: 12 }, (_, n) => 1_000 + n), "-"]);
  expect(states()).toEqual(["started 20", "progress 100", "progress 200", "finished 240"]);
  expect(reports[0]!.atMs).toBe(startMs + 20);
});

test("a last frame shorter than 20 ms is played and counted by its length", async () => {
  pacer.open(reply);
  const samples = new Int16Array(600).fill(7);
  pacer.push({ kind: "reply", id: reply, sequence: 0, sampleRate: 24_000, stampMs: 0, samples });
  pacer.endAudio(reply);
  await clock.advance(60);
  expect(sent[2]!.frame).toHaveLength(120);
  expect(states()).toEqual(["started 20", "finished 25"]);
});

test("another sample rate is resampled to 24 kHz without losing time", async () => {
  pacer.open(reply);
  const samples = new Int16Array(22_050);
  pacer.push({ kind: "reply", id: reply, sequence: 0, sampleRate: 22_050, stampMs: 0, samples });
  pacer.endAudio(reply);
  await clock.advance(1_100);
  expect(reports.at(-1)!.state).toBe("finished");
  expect(reports.at(-1)!.playedMs).toBeCloseTo(1_000, 0);
});

test("sound that cannot be resampled is refused, and the schedule goes on", async () => {
  pacer.close();
  const full: Speex = { ...(await loadSpeex()), _malloc: () => 0 };
  pacer = new PlayoutPacer({ ...options, speex: full });
  sent.length = 0;
  pacer.start();
  pacer.open(reply);
  const samples = new Int16Array(441);
  const frame = { kind: "reply", id: reply, sequence: 0, stampMs: 0, samples } as const;
  expect(() => pacer.push({ ...frame, sampleRate: 22_050 })).toThrow("no memory");
  push(reply, 1, 1);
  pacer.endAudio(reply);
  await clock.advance(40);
  expect(played().slice(1)).toEqual([1_001, "-"]);
  expect(states()).toEqual(["started 20", "finished 20"]);
});

test("underrun: a synthesiser that falls behind leaves silence, not an end", async () => {
  pacer.open(reply);
  push(reply, 1);
  await clock.advance(60);
  push(reply, 1, 1);
  pacer.endAudio(reply);
  await clock.advance(20);
  expect(played().slice(1)).toEqual([1_000, "-", "-", 1_001]);
  expect(states()).toEqual(["started 20", "finished 40"]);
});

test("replies play one after the other", async () => {
  pacer.open(reply);
  pacer.open(next);
  push(next, 1);
  push(reply, 1);
  pacer.endAudio(next);
  await clock.advance(40);
  expect(played().slice(1)).toEqual([1_000, "-"]);
  pacer.endAudio(reply);
  await clock.advance(20);
  expect(played().at(-1)).toBe(1_000);
  expect(reports.at(-1)).toMatchObject({ replyId: next, state: "finished" });
});

describe("cancel", () => {
  test("fades out over one frame and reports how much was played", async () => {
    pacer.open(reply);
    push(reply, 50);
    await clock.advance(100);
    pacer.cancel(reply);
    await clock.advance(60);
    expect(played().slice(5)).toEqual([1_004, "fade-out", "-", "-"]);
    expect(states().at(-1)).toBe("cancelled 100");
  });

  test("drops and counts late frames and reports no more", async () => {
    pacer.open(reply);
    push(reply, 5);
    pacer.cancel(reply);
    expect(push(reply, 3, 5)).toEqual(["late", "late", "late"]);
    pacer.open(reply);
    pacer.endAudio(reply);
    pacer.cancel(reply);
    await clock.advance(200);
    expect(pacer.counts.late).toBe(3);
    expect(states()).toEqual(["cancelled 0"]);
    expect(new Set(played())).toEqual(new Set(["-"]));
  });

  test("does not affect the next reply", async () => {
    pacer.open(reply);
    push(reply, 5);
    pacer.open(next);
    push(next, 2);
    await clock.advance(20);
    pacer.cancel(reply);
    await clock.advance(60);
    expect(played().slice(1)).toEqual([1_000, "fade-out", 1_000, 1_001]);
  });

  test("of an unknown reply is reported, too", () => {
    pacer.cancel(reply);
    expect(states()).toEqual(["cancelled 0"]);
    expect(push(reply, 1)).toEqual(["late"]);
  });
});

test("hold fades out; resume fades in from what browsers had not played yet", async () => {
  pacer.open(reply);
  push(reply, 10);
  await clock.advance(100);
  pacer.hold(reply);
  pacer.hold(reply);
  await clock.advance(60);
  pacer.resume(reply);
  await clock.advance(40);
  expect(played().slice(5)).toEqual([1_004, "fade-out", "-", "-", "fade-in", 1_003]);
  expect(sent.at(-2)!.frame!.at(-1)).toBe(1_002);
  expect(states()).toEqual(["started 20", "progress 100", "held 40"]);
});

test("a reply held before it started starts on resume", async () => {
  pacer.open(reply);
  pacer.hold(reply);
  push(reply, 2);
  await clock.advance(60);
  pacer.resume(reply);
  await clock.advance(20);
  expect(played()).toEqual(["-", "-", "-", "-", 1_000]);
  expect(states()).toEqual(["held 0", "started 20"]);
});

test("frames of unknown replies and duplicates are refused", () => {
  expect(push(reply, 1)).toEqual(["unknown"]);
  pacer.open(reply);
  expect(push(reply, 2)).toEqual(["queued", "queued"]);
  expect(push(reply, 1, 1)).toEqual(["out-of-order"]);
  expect(pacer.counts).toEqual({ late: 0, unknown: 1, outOfOrder: 1, overflow: 0 });
});

test("queued sound is bounded", () => {
  pacer.open(reply);
  const outcomes = push(reply, 15_001);
  expect(outcomes.at(-2)).toBe("queued");
  expect(outcomes.at(-1)).toBe("overflow");
});

describe("a ducked reply", () => {
  /** Volume at the end of each frame that sounded. */
  function volumes(): number[] {
    const ends = sent.flatMap(({ frame }) => frame?.at(-1) ?? []);
    return ends.map((sample, at) => Math.round((sample * 100) / (1_000 + at)) / 100);
  }

  test("goes on at a quarter of the volume within a frame, and comes back within one", async () => {
    pacer.open(reply);
    push(reply, 6);
    await clock.advance(40);
    pacer.duck(reply);
    await clock.advance(40);
    pacer.resume(reply);
    await clock.advance(40);
    expect(volumes()).toEqual([1, 1, 0.25, 0.25, 1, 1]);
  });

  test("that is held comes back at full volume", async () => {
    pacer.open(reply);
    push(reply, 6);
    await clock.advance(20);
    pacer.duck(reply);
    await clock.advance(20);
    pacer.hold(reply);
    await clock.advance(40);
    pacer.resume(reply);
    await clock.advance(60);
    expect(sent.at(-1)?.frame?.at(-1)).toBeGreaterThan(1_000);
  });
});
