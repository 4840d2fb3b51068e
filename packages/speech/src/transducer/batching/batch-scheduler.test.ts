import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { BatchScheduler } from "./batch-scheduler";

type Item = { name: string; key: string; isUrgent: boolean };

/** Names of each run's items. */
let runs: string[][];
/** Keeps a run from ending; null for runs that end at once. */
let hold: Promise<void> | null;
let failing: string | null;
let scheduler: BatchScheduler<Item, string>;

beforeEach(() => {
  runs = [];
  hold = null;
  failing = null;
  scheduler = new BatchScheduler({
    keyOf: ({ key }) => key,
    isUrgent: ({ isUrgent }) => isUrgent,
    maxBatch: 3,
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

/** @returns a function that lets the current run and later ones end */
function holdRuns(): () => void {
  let release = (): void => undefined;
  hold = new Promise((resolve) => {
    release = resolve;
  });
  return release;
}

describe("BatchScheduler", () => {
  it("puts items that come at once into one run", async () => {
    const results = await Promise.all([submit("one"), submit("two"), submit("three")]);
    expect(results).toEqual(["one done", "two done", "three done"]);
    expect(runs).toEqual([["one", "two", "three"]]);
    await submit("four");
    expect([...scheduler.sizes]).toEqual([
      [3, 1],
      [1, 1],
    ]);
  });

  it("runs a single item without waiting for others", async () => {
    expect(await submit("one")).toBe("one done");
    expect(await submit("two")).toBe("two done");
    expect(runs).toEqual([["one"], ["two"]]);
  });

  it("fills runs in order of arrival, up to the limit", async () => {
    await Promise.all(["one", "two", "three", "four"].map((name) => submit(name)));
    expect(runs).toEqual([["one", "two", "three"], ["four"]]);
  });

  it("includes items that owners submit on their results", async () => {
    const goOn = async (name: string, steps: number) => {
      for (let step = 0; step < steps; step++) await submit(`${name}${step}`);
    };
    await Promise.all([goOn("a", 2), goOn("b", 2)]);
    expect(runs).toEqual([
      ["a0", "b0"],
      ["a1", "b1"],
    ]);
  });

  it("runs items with other keys separately", async () => {
    await Promise.all([submit("one", "a"), submit("two", "b"), submit("three", "a")]);
    expect(runs).toEqual([["one", "three"], ["two"]]);
  });

  it("puts items that came during a run into the next one", async () => {
    const release = holdRuns();
    const first = submit("one");
    await setImmediate();
    const later = Promise.all([submit("two"), submit("three")]);
    await setImmediate();
    expect(runs).toEqual([["one"]]);
    release();
    await first;
    await later;
    expect(runs).toEqual([["one"], ["two", "three"]]);
  });

  it("runs urgent items first", async () => {
    await Promise.all([submit("file", "a", false), submit("speaker", "a", true)]);
    expect(runs).toEqual([["speaker"], ["file"]]);
  });

  it("tries each item alone when a batch fails", async () => {
    failing = "two";
    const outcomes = await Promise.allSettled([submit("one"), submit("two"), submit("three")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(runs).toEqual([["one", "two", "three"], ["one"], ["two"], ["three"]]);
  });

  it("withdraws a waiting item when it is aborted", async () => {
    const controller = new AbortController();
    const item = { name: "one", key: "a", isUrgent: true };
    const outcome = expect(scheduler.submit(item, controller.signal)).rejects.toThrow("gone");
    controller.abort(new Error("gone"));
    await outcome;
    await setImmediate();
    expect(runs).toEqual([]);
  });

  it("finishes the current run and rejects the rest when closed", async () => {
    const release = holdRuns();
    const running = submit("one");
    await setImmediate();
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
