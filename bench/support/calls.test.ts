import { expect, it } from "vitest";
import { answerCalls, openCalls, type CallPort } from "./calls";

type Arithmetic = { halve: (request: number) => Promise<number> };

function joinedPorts(): [CallPort, CallPort] {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const port = (own: 0 | 1, other: 0 | 1): CallPort => ({
    post: (message) => {
      for (const listener of listeners[other]) listener(message);
    },
    listen: (listener) => {
      listeners[own].push(listener);
    },
  });
  return [port(0, 1), port(1, 0)];
}

it("brings results and failures back to whoever called", async () => {
  const [here, there] = joinedPorts();
  answerCalls(there, {
    halve: async (value: number) => {
      if (value % 2 === 1) throw new TypeError("odd");
      return Promise.resolve(value / 2);
    },
  });
  const { call } = openCalls<Arithmetic>(here);
  const answers = await Promise.allSettled([call("halve", 8), call("halve", 3), call("halve", 2)]);
  expect(answers).toMatchObject([
    { value: 4 },
    { reason: { message: expect.stringContaining("odd") as string } },
    { value: 1 },
  ]);
});

it("fails what is still asked when the other side ends", async () => {
  const [here] = joinedPorts();
  const { call, fail } = openCalls<Arithmetic>(here);
  const asked = call("halve", 2);
  fail("it ended");
  await expect(asked).rejects.toThrow("it ended");
});
