import { expect, it } from "vitest";
import type { Tensor } from "../../runtime/tensors";
import { CodecStates } from "./codec-states";

const freed: string[] = [];

/** A tensor that says when its memory on the device is given back. */
function onDevice(name: string): Tensor {
  return { location: "gpu-buffer", dispose: () => freed.push(name) } as unknown as Tensor;
}

it("frees each state once: replaced, or behind the run during which its stream ended", async () => {
  const states = new CodecStates([onDevice("first")]);
  const advance = (next: string, during: () => void = () => undefined) =>
    states.advance(() => {
      during();
      return Promise.resolve({ result: next, states: [onDevice(next)] });
    });
  expect(await advance("second")).toBe("second");
  expect(freed).toEqual(["first"]);
  await advance("third", () => {
    states.close();
    expect(freed).toEqual(["first"]);
  });
  expect(freed).toEqual(["first", "second", "third"]);
  states.close();
  expect(freed).toEqual(["first", "second", "third"]);
});
