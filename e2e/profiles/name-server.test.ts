import { expect, it } from "vitest";
import { answerTo } from "./name-server";

const names = new Map([["inference", ["192.0.2.3", "192.0.2.4"]]]);

/** A question with the number 7, recursion desired. */
function question(name: string, type: number): Buffer {
  const labels = name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}

it("tells every address of a name", () => {
  const answer = answerTo(question("Inference", 1), names);
  expect(answer.subarray(0, 8)).toEqual(Buffer.from([0, 7, 0x85, 0x80, 0, 1, 0, 2]));
  const [first, second] = [answer.subarray(-16), answer.subarray(-32, -16)];
  expect([[...second.subarray(-4)], [...first.subarray(-4)]]).toEqual([
    [192, 0, 2, 3],
    [192, 0, 2, 4],
  ]);
});

it("says that a name does not exist, and that a known one has no IPv6", () => {
  const flags = (name: string, type: number) =>
    answerTo(question(name, type), names).subarray(2, 8);
  expect(flags("nats", 1)).toEqual(Buffer.from([0x85, 0x83, 0, 1, 0, 0]));
  expect(flags("inference", 28)).toEqual(Buffer.from([0x85, 0x80, 0, 1, 0, 0]));
});
