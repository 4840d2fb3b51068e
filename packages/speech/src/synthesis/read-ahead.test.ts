import { describe, expect, it } from "vitest";
import { readAhead } from "./read-ahead";

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

function countingSource() {
  const log: (number | "closed")[] = [];
  async function* source() {
    try {
      for (let number = 1; number <= 10; number++) {
        await Promise.resolve();
        log.push(number);
        yield number;
      }
    } finally {
      log.push("closed");
    }
  }
  return { log, source: source() };
}

describe("readAhead", () => {
  it("requests a bounded number of items ahead", async () => {
    const { log, source } = countingSource();
    const reader = readAhead(source, 2, never);
    expect(log).toEqual([]);
    expect(await reader.next()).toMatchObject({ value: 1 });
    await settle();
    expect(log).toEqual([1, 2, 3]);
    expect(await reader.next()).toMatchObject({ value: 2 });
    await settle();
    expect(log).toEqual([1, 2, 3, 4]);
  });

  it("passes on every item in order, and ends", async () => {
    const { log, source } = countingSource();
    const found: number[] = [];
    for await (const item of readAhead(source, 3, never)) found.push(item);
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(log.at(-1)).toBe("closed");
  });

  it("closes its source when the consumer stops reading", async () => {
    const { log, source } = countingSource();
    for await (const item of readAhead(source, 1, never)) if (item === 2) break;
    await settle();
    expect(log).toContain("closed");
    expect(log).not.toContain(5);
  });

  it("throws an error after the items before it", async () => {
    async function* source() {
      yield await Promise.resolve(1);
      throw new Error("no more");
    }
    const reader = readAhead(source(), 3, never);
    expect(await reader.next()).toMatchObject({ value: 1 });
    await settle();
    await expect(reader.next()).rejects.toThrow("no more");
  });

  it("ends at once when aborted, though the source waits", async () => {
    const controller = new AbortController();
    async function* source() {
      yield 1;
      await new Promise<never>(() => undefined);
    }
    const reader = readAhead(source(), 2, controller.signal);
    expect(await reader.next()).toMatchObject({ value: 1 });
    const waiting = reader.next();
    controller.abort();
    await expect(waiting).rejects.toBe(controller.signal.reason);
    await expect(readAhead(source(), 2, controller.signal).next()).rejects.toBe(
      controller.signal.reason,
    );
  });
});
