import { describe, expect, it } from "vitest";
import { SingleCalls } from "./single-calls";

const closed = expect.objectContaining({ code: "invalid-state" }) as unknown;

describe("SingleCalls", () => {
  it("refuses a second call while one is under way", async () => {
    const calls = new SingleCalls();
    let finish: (text: string) => void = () => undefined;
    const first = calls.run(
      () => new Promise<string>((resolve) => (finish = resolve)),
      () => undefined,
    );
    await expect(
      calls.run(
        () => "second",
        () => undefined,
      ),
    ).rejects.toThrow(TypeError);
    finish("first");
    expect(await first).toBe("first");
    await calls.idle();
  });

  it("sets the stream back after a failure, and not when it was closed meanwhile", async () => {
    const calls = new SingleCalls();
    const undone: string[] = [];
    const failing = (name: string) =>
      calls.run(
        () => Promise.reject(new Error(name)),
        () => void undone.push(name),
      );
    await expect(failing("one")).rejects.toThrow("one");
    const last = failing("two");
    expect(calls.close()).toBe(true);
    await expect(last).rejects.toEqual(closed);
    expect(undone).toEqual(["one"]);
    expect(calls.close()).toBe(false);
    await expect(failing("three")).rejects.toEqual(closed);
  });
});
