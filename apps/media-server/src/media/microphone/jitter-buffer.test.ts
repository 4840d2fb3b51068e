import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, test } from "vitest";
import { JitterBuffer, type JitterStep } from "./jitter-buffer";

const frame = 960;
let clock: FakeClock;
let steps: JitterStep[];
let buffer: JitterBuffer;

beforeEach(() => {
  clock = new FakeClock();
  steps = [];
  buffer = new JitterBuffer(clock, { waitMs: 120, maxSilenceMs: 1_600 }, (step) =>
    steps.push(step),
  );
});

/** Pushes the packet at `index` in time; its sequence number counts the same unless given. */
function push(index: number, sequence = index, start = { timestamp: 5_000, sequence: 100 }): void {
  buffer.push({
    sequence: (start.sequence + sequence) & 0xffff,
    timestamp: (start.timestamp + index * frame) >>> 0,
    payload: Uint8Array.of(index),
    ticks: frame,
    arrivedAtMs: clock.now(),
  });
}

/** One word a step: `p3` packet 3, `f3` recovered from packet 3, `c` concealed, `s960` silence. */
function heard(): string {
  return steps
    .map((step) => {
      if (step.type === "packet") return `p${step.packet.payload[0]!}`;
      if (step.type === "recover") return `f${step.packet.payload[0]!}`;
      return step.type === "conceal" ? "c" : `s${step.ticks}`;
    })
    .join(" ");
}

test("packets in sequence pass at once", () => {
  for (const index of [0, 1, 2]) push(index);
  expect(heard()).toBe("p0 p1 p2");
});

test("reordered packets are put in order", () => {
  for (const index of [0, 2, 3, 1, 4]) push(index);
  expect(heard()).toBe("p0 p1 p2 p3 p4");
});

test("a duplicate is dropped", () => {
  for (const index of [0, 1, 1, 2, 0]) push(index);
  expect(heard()).toBe("p0 p1 p2");
  expect(buffer.counts.late).toBe(2);
});

describe("loss", () => {
  test("waits for retransmission, then is recovered from the packet that follows", async () => {
    push(0);
    push(2);
    expect(heard()).toBe("p0");
    expect(buffer.isWaiting).toBe(true);
    await clock.advance(119);
    expect(heard()).toBe("p0");
    await clock.advance(1);
    expect(heard()).toBe("p0 f2 p2");
    expect(buffer.counts.lost).toBe(1);
  });

  test("repaired in time leaves no trace", async () => {
    push(0);
    push(2);
    await clock.advance(80);
    push(1);
    expect(heard()).toBe("p0 p1 p2");
    await clock.advance(500);
    expect(heard()).toBe("p0 p1 p2");
  });

  test("of several packets is concealed; the last one is recovered", async () => {
    push(0);
    push(4);
    await clock.advance(120);
    expect(heard()).toBe("p0 c c f4 p4");
  });

  test("longer than concealment holds turns to silence", async () => {
    push(0);
    push(21);
    await clock.advance(120);
    expect(heard()).toBe(`p0 c c c c c s${14 * frame} f21 p21`);
  });

  test("concealed already: the packet that comes too late is dropped", async () => {
    push(0);
    push(2);
    await clock.advance(120);
    push(1);
    expect(heard()).toBe("p0 f2 p2");
    expect(buffer.counts.late).toBe(1);
  });

  test("waits from the moment the gap was seen, whatever arrives meanwhile", async () => {
    push(0);
    push(3);
    await clock.advance(100);
    push(2);
    await clock.advance(20);
    expect(heard()).toBe("p0 f2 p2 p3");
  });

  test("holds back at most a second of sound", () => {
    push(0);
    for (let index = 2; index < 60; index++) push(index);
    expect(heard().startsWith("p0 f2 p2 p3")).toBe(true);
    expect(buffer.isWaiting).toBe(false);
  });
});

describe("silence", () => {
  test("a gap in timestamps alone is silence at once", () => {
    push(0);
    push(10, 1);
    expect(heard()).toBe(`p0 s${9 * frame} p10`);
  });

  test("a gap in sequence numbers alone is no gap", () => {
    push(0);
    push(1, 5);
    expect(heard()).toBe("p0 p1");
  });

  test("is shorter by the silence put out meanwhile", () => {
    push(0);
    buffer.addFilled(3 * frame);
    push(10, 1);
    expect(heard()).toBe(`p0 s${6 * frame} p10`);
  });

  test("put out during a stall costs no speech", () => {
    push(0);
    buffer.addFilled(5 * frame);
    push(1);
    push(2);
    expect(heard()).toBe("p0 p1 p2");
  });

  test("of a long mute is cut to the length that ends speech", () => {
    push(0);
    push(1_000, 1);
    expect(heard()).toBe(`p0 s${1_600 * 48} p${1_000 & 255}`);
  });
});

test("sequence numbers and timestamps wrap around", async () => {
  const start = { timestamp: 0xffff_ffff - frame, sequence: 65_534 };
  for (const index of [0, 1, 3, 2]) push(index, index, start);
  push(5, 5, start);
  await clock.advance(120);
  expect(heard()).toBe("p0 p1 p2 p3 f5 p5");
});

describe("a timestamp that jumps", () => {
  const stray = { timestamp: 5_000 + 48_000 * 3_600, sequence: 20_000 };

  test("is not accepted alone", () => {
    push(0);
    push(0, 0, stray);
    push(1);
    expect(heard()).toBe("p0 p1");
    expect(buffer.counts.suspect).toBe(1);
  });

  test("is accepted when the next packet agrees", () => {
    push(0);
    push(7, 7, stray);
    push(8, 8, stray);
    push(9, 9, stray);
    expect(heard()).toBe("p0 p7 p8 p9");
  });
});

test("nothing comes out after close", async () => {
  push(0);
  push(2);
  buffer.close();
  await clock.advance(1_000);
  expect(heard()).toBe("p0");
});
