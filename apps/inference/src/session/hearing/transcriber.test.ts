import { describe, expect, it } from "vitest";
import { AppError } from "@parley/shared/errors";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import {
  partialOf,
  recognitionOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
} from "@parley/speech/testing/scripted-models";
import { Transcriber } from "./transcriber";

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

function transcribe(recognizer: Recognizer) {
  const partials: string[] = [];
  const failures: Error[] = [];
  const transcriber = new Transcriber({
    recognizer,
    phrases: ["Ada"],
    events: {
      onPartial: (text) => partials.push(text),
      onFailed: (error) => failures.push(error),
    },
  });
  return { transcriber, partials, failures };
}

describe("Transcriber", () => {
  it("gathers audio while the recogniser works", async () => {
    const lengths: number[] = [];
    const pending: (() => void)[] = [];
    const stream = scriptedRecognizerStream({
      write(samples) {
        lengths.push(samples.length);
        return new Promise((resolve) => {
          pending.push(() => {
            resolve(partialOf(`${lengths.length}`));
          });
        });
      },
    });
    const { transcriber, partials } = transcribe(
      scriptedRecognizer({ open: () => Promise.resolve(stream) }),
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
    const closed: number[] = [];
    const recognizer = scriptedRecognizer({
      open: () => {
        const number = ++opened;
        const answer = <Answer>(fine: Answer) =>
          number === 1 ? Promise.reject(new Error("out of order")) : Promise.resolve(fine);
        return Promise.resolve(
          scriptedRecognizerStream({
            write: () => answer(partialOf("fine")),
            peekFinal: () => answer(recognitionOf("fine")),
            close: () => {
              closed.push(number);
            },
          }),
        );
      },
    });
    const { transcriber, failures } = transcribe(recognizer);
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toBe("");
    await nextTask();
    expect([failures.length, opened, closed]).toEqual([1, 2, [1]]);
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toBe("fine");
  });

  it("hands its phrases to the stream, and to the one that replaces it", async () => {
    const told: (readonly string[] | undefined)[] = [];
    const recognizer = scriptedRecognizer({
      open: (options) => {
        told.push(options?.phrases);
        return Promise.resolve(
          scriptedRecognizerStream({
            reset: () => Promise.reject(new Error("out of order")),
            setPhrases: (phrases) => {
              told.push(phrases);
              return Promise.resolve();
            },
          }),
        );
      },
    });
    const { transcriber, failures } = transcribe(recognizer);
    transcriber.setPhrases(["Ada", "Grace"]);
    transcriber.forget();
    await nextTask();
    expect(failures).toHaveLength(1);
    expect(told).toEqual([["Ada"], ["Ada", "Grace"], ["Ada", "Grace"]]);
    transcriber.close();
    transcriber.setPhrases(["Alan"]);
    await nextTask();
    expect(told).toHaveLength(3);
  });

  it("says that there is no room for one speaker more", async () => {
    const full = new AppError("at-capacity", "four streams are open", { isRetryable: true });
    const recognizer = scriptedRecognizer({ open: () => Promise.reject(full) });
    const { transcriber, failures } = transcribe(recognizer);
    transcriber.write(new Int16Array(10));
    await nextTask();
    expect(failures[0]).toMatchObject({ code: "at-capacity", message: "four streams are open" });
    transcriber.close();
  });
});
