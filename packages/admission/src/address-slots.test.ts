import { expect, test } from "vitest";
import { AddressSlots } from "./address-slots";

test("an address has so many slots, and gets each back once", () => {
  const slots = new AddressSlots(2);
  const first = slots.take("a");
  expect(first).not.toBeNull();
  expect(slots.take("a")).not.toBeNull();
  expect(slots.take("a")).toBeNull();
  expect(slots.take("b")).not.toBeNull();
  first?.();
  first?.();
  expect(slots.take("a")).not.toBeNull();
  expect(slots.take("a")).toBeNull();
});
