import { expect, it } from "vitest";
import { Channel } from "./channel";

async function drain<Item>(channel: Channel<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of channel) items.push(item);
  return items;
}

it("delivers in order and waits for items yet to come", async () => {
  const channel = new Channel<number>({ capacity: 4, policy: "refuse" });
  const drained = drain(channel);
  channel.push(1);
  await Promise.resolve();
  channel.push(2);
  channel.end();
  expect(await drained).toEqual([1, 2]);
});

it("drops the oldest item and returns false", async () => {
  const channel = new Channel<number>({ capacity: 2, policy: "drop-oldest" });
  expect([1, 2, 3].map((item) => channel.push(item))).toEqual([true, true, false]);
  channel.end();
  expect(await drain(channel)).toEqual([2, 3]);
});

it("refuses the newest item and returns false", async () => {
  const channel = new Channel<number>({ capacity: 2, policy: "refuse" });
  expect([1, 2, 3].map((item) => channel.push(item))).toEqual([true, true, false]);
  channel.end();
  expect(await drain(channel)).toEqual([1, 2]);
});

it("delivers queued items before it throws", async () => {
  const channel = new Channel<number>({ capacity: 2, policy: "refuse" });
  channel.push(1);
  channel.end(new Error("cut"));
  const iterator = channel[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  await expect(iterator.next()).rejects.toThrow("cut");
});

it("ends for the producer when the consumer breaks out", async () => {
  const channel = new Channel<number>({ capacity: 2, policy: "refuse" });
  channel.push(1);
  for await (const item of channel) {
    expect(item).toBe(1);
    break;
  }
  expect(channel.push(2)).toBe(false);
});
