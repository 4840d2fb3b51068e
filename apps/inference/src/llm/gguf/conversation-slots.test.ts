import { expect, test } from "vitest";
import { ConversationSlots } from "./conversation-slots";

const { signal } = new AbortController();

test("a conversation gets the free place that holds most of it", async () => {
  const slots = new ConversationSlots(["one", "two", "three"]);
  const ada = await slots.take(["system", "a"], signal);
  const kim = await slots.take(["system", "k"], signal);
  expect([ada.place, kim.place]).toEqual(["one", "two"]);
  kim.giveBack(["system", "k"]);
  ada.giveBack(["system", "a"]);
  const again = await slots.take(["system", "a", "answer", "b"], signal);
  expect(again.place).toBe("one");
});

test("of places that hold as much, the one that was not used for longest is taken", async () => {
  const slots = new ConversationSlots(["one", "two"]);
  for (const text of ["a", "b"]) (await slots.take([text], signal)).giveBack([text]);
  expect((await slots.take(["c"], signal)).place).toBe("one");
});

test("who comes when all are taken waits, first come, first served", async () => {
  const slots = new ConversationSlots(["one"]);
  const first = await slots.take(["a"], signal);
  const order: string[] = [];
  const second = slots.take(["b"], signal).then((slot) => {
    order.push("b");
    slot.giveBack(["b"]);
  });
  const third = slots.take(["c"], signal).then(() => order.push("c"));
  first.giveBack(["a"]);
  await Promise.all([second, third]);
  expect(order).toEqual(["b", "c"]);
});

test("who gives up while waiting is passed over", async () => {
  const slots = new ConversationSlots(["one"]);
  const first = await slots.take(["a"], signal);
  const controller = new AbortController();
  const second = slots.take(["b"], controller.signal);
  const third = slots.take(["c"], signal);
  controller.abort(new Error("gave up"));
  await expect(second).rejects.toThrow("gave up");
  first.giveBack(["a"]);
  first.giveBack(["a"]);
  expect((await third).place).toBe("one");
  await expect(slots.take(["d"], AbortSignal.abort(new Error("no")))).rejects.toThrow("no");
});
