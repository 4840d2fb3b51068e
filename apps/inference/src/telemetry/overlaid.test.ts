import { expect, it } from "vitest";
import { overlaid } from "./overlaid";

class Counter {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(step: number): number {
    this.#count += step;
    return this.#count;
  }

  name(): string {
    return "plain";
  }
}

it("does its own things, and all else as the other does, with the other's state", () => {
  const counter = new Counter();
  const measured = overlaid(counter, { name: () => "measured" });
  expect(measured.name()).toBe("measured");
  expect(measured.add(2)).toBe(2);
  counter.add(3);
  expect(measured.count).toBe(5);
});
