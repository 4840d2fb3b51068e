import { describe, expect, it } from "vitest";
import { DeviceLock } from "./device-lock";

/** Two locks of one word, as two threads have them. */
function twoThreads(): [DeviceLock, DeviceLock] {
  const word = new Int32Array(new SharedArrayBuffer(4));
  return [new DeviceLock(word), new DeviceLock(word)];
}

describe("DeviceLock", () => {
  it("lets one task of a thread in after the other", async () => {
    const [lock] = twoThreads();
    const order: string[] = [];
    const task = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
    };
    await Promise.all([lock.use(task("a")), lock.use(task("b"))]);
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("is free again after a task that failed", async () => {
    const [one, two] = twoThreads();
    await expect(one.use(() => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
    expect(await two.use(() => Promise.resolve(1))).toBe(1);
  });

  it("lets a thread free memory in the middle of its own run", async () => {
    const [one, two] = twoThreads();
    let freed = 0;
    await one.use(() => {
      one.useNow(() => {
        freed++;
      });
      return Promise.resolve();
    });
    two.useNow(() => {
      freed++;
    });
    expect(freed).toBe(2);
  });
});
