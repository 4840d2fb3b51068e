import { describe, expect, it } from "vitest";
import type { Recognition } from "../contracts/recognizer";
import { scriptedRecognizer, scriptedRecognizerStream } from "../testing/scripted-models";
import { Transcriber } from "./transcriber";

const nextTask = () => new Promise((resolve) => setImmediate(resolve));
const words = (text: string): Recognition => ({ text, tokens: [] });

describe("Transcriber", () => {
  it("gathers audio while the recogniser works", async () => {
    const lengths: number[] = [];
    const pending: (() => void)[] = [];
    const stream = scriptedRecognizerStream({
      write(samples) {
        lengths.push(samples.length);
        return new Promise((resolve) => {
          pending.push(() => {
            resolve(words(`${lengths.length}`));
          });
        });
      },
    });
    const partials: string[] = [];
    const transcriber = new Transcriber(
      scriptedRecognizer({ open: () => Promise.resolve(stream) }),
      { onPartial: (text) => partials.push(text), onFailed: () => undefined },
    );
    transcriber.write(new Int16Array(100));
    await nextTask();
    transcriber.write(new Int16Array(200));
    transcriber.write(new Int16Array(300));
    await nextTask();
    expect(lengths).toEqual([100]);
    pending.shift()?.();
    await nextTask();
    expect(lengths).toEqual([100, 500]);
    expect(partials).toEqual(["1"]);
    // Answers to audio of a turn that is over are not told.
    transcriber.forget();
    pending.shift()?.();
    await nextTask();
    expect(partials).toEqual(["1"]);
  });

  it("replaces a stream that failed, and says so once", async () => {
    let opened = 0;
    const failures: Error[] = [];
    const closed: number[] = [];
    const recognizer = scriptedRecognizer({
      open: () => {
        const number = ++opened;
        const write = () =>
          number === 1 ? Promise.reject(new Error("out of order")) : Promise.resolve(words("fine"));
        return Promise.resolve(
          scriptedRecognizerStream({
            write,
            peekFinal: write,
            close: () => {
              closed.push(number);
            },
          }),
        );
      },
    });
    const transcriber = new Transcriber(recognizer, {
      onPartial: () => undefined,
      onFailed: (error) => failures.push(error),
    });
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toBe("");
    await nextTask();
    expect([failures.length, opened, closed]).toEqual([1, 2, [1]]);
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toBe("fine");
  });
});
