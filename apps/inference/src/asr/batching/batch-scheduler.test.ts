import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, it } from "vitest";
import { BatchScheduler } from "./batch-scheduler";

type Item = { name: string; key: string; isUrgent: boolean };

let clock: FakeClock;
let expected: number;
/** The names of each run's items. */
let runs: string[][];
/** Lets the run under way end; null for runs that end by themselves. */
let hold: Promise<void> | null;
let failing: string | null;
let scheduler: BatchScheduler<Item, string>;

beforeEach(() => {
  clock = new FakeClock();
  expected = 10;
  runs = [];
  hold = null;
  failing = null;
  scheduler = new BatchScheduler({
    clock,
    keyOf: ({ key }) => key,
    isUrgent: ({ isUrgent }) => isUrgent,
    maxBatch: 3,
    maxWaitMs: 4,
    expected: () => expected,
    run: async (items) => {
      runs.push(items.map(({ name }) => name));
      await hold;
      if (items.some(({ name }) => name === failing)) throw new Error(`${failing} is bad`);
      return items.map(({ name }) => `${name} done`);
    },
  });
});

function submit(name: string, key = "a", isUrgent = true): Promise<string> {
  return scheduler.submit({ name, key, isUrgent });
}

describe("BatchScheduler", () => {
  it("runs a full batch at once", async () => {
    const results = await Promise.all([submit("one"), submit("two"), submit("three")]);
    expect(results).toEqual(["one done", "two done", "three done"]);
    expect(runs).toEqual([["one", "two", "three"]]);
  });

  it("runs what has waited long enough, and not before", async () => {
    const result = submit("one");
    await clock.advance(3.9);
    expect(runs).toEqual([]);
    await clock.advance(0.2);
    expect(await result).toBe("one done");
  });

  it("waits for nobody when nobody else is there", async () => {
    expected = 1;
    expect(await submit("one")).toBe("one done");
  });

  it("keeps items of other shapes for runs of their own", async () => {
    const results = Promise.all([submit("one", "a"), submit("two", "b"), submit("three", "a")]);
    await clock.advance(5);
    await clock.advance(5);
    await results;
    expect(runs).toEqual([["one", "three"], ["two"]]);
  });

  it("puts what came during a run together into the next", async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    expected = 1;
    const first = submit("one");
    const later = Promise.all([submit("two"), submit("three")]);
    await clock.advance(100);
    expect(runs).toEqual([["one"]]);
    expected = 2;
    release();
    await first;
    await later;
    expect(runs).toEqual([["one"], ["two", "three"]]);
  });

  it("takes speakers before files", async () => {
    expected = 1;
    let release = (): void => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const all = Promise.all([
      submit("one"),
      submit("file", "a", false),
      submit("speaker", "a", true),
    ]);
    release();
    await all;
    expect(runs).toEqual([["one"], ["speaker"], ["file"]]);
  });

  it("tries each alone when a batch fails, so that one failure stays one", async () => {
    failing = "two";
    const outcomes = await Promise.allSettled([submit("one"), submit("two"), submit("three")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(runs).toEqual([["one", "two", "three"], ["one"], ["two"], ["three"]]);
  });

  it("withdraws what is aborted while it waits", async () => {
    const controller = new AbortController();
    const item = { name: "one", key: "a", isUrgent: true };
    const outcome = expect(scheduler.submit(item, controller.signal)).rejects.toThrow("gone");
    controller.abort(new Error("gone"));
    await outcome;
    await clock.advance(10);
    expect(runs).toEqual([]);
  });

  it("ends the run under way and refuses the rest when closed", async () => {
    expected = 1;
    let release = (): void => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const running = submit("one");
    const waiting = expect(submit("two")).rejects.toMatchObject({ code: "invalid-state" });
    const closed = scheduler.close();
    await waiting;
    release();
    await closed;
    expect(await running).toBe("one done");
    await expect(submit("three")).rejects.toMatchObject({ code: "invalid-state" });
    await scheduler.close();
  });
});
