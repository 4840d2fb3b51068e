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

const noLanguage = { heard: undefined, refused: () => undefined };
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

function transcribe(recognizer: Recognizer) {
  const partials: string[] = [];
  const failures: Error[] = [];
  const transcriber = new Transcriber({
    recognizer,
    phrases: ["Ada"],
    language: noLanguage,
    events: {
      onPartial: (text) => partials.push(text),
      onEnding: (ending) => partials.push(`<${ending}>`),
      onFailed: (error) => failures.push(error),
    },
  });
  return { transcriber, partials, failures };
}

describe("Transcriber", () => {
  it("tells what the model heard to end, behind the words", async () => {
    const type = "end-of-utterance" as const;
    const ended = { ...partialOf("yes"), endings: [{ type, atMs: 400, probability: 0.9 }] };
    const stream = scriptedRecognizerStream({ write: () => Promise.resolve(ended) });
    const { transcriber, partials } = transcribe(
      scriptedRecognizer({ open: () => Promise.resolve(stream) }),
    );
    transcriber.write(new Int16Array(320));
    await nextTask();
    expect(partials).toEqual(["yes", "<end-of-utterance>"]);
  });

  it("tells that words are coming before it has one, and each state once", async () => {
    const answers = ["", "", "", "one"].map((text, write) => ({
      ...partialOf(text),
      areWordsComing: write > 0,
    }));
    const stream = scriptedRecognizerStream({
      write: () => Promise.resolve(answers.shift() ?? partialOf("one")),
    });
    const told: [string, boolean][] = [];
    const transcriber = new Transcriber({
      recognizer: scriptedRecognizer({ open: () => Promise.resolve(stream) }),
      phrases: [],
      language: noLanguage,
      events: {
        onPartial: (text, areWordsComing) => told.push([text, areWordsComing]),
        onEnding: () => undefined,
        onFailed: (error) => {
          throw error;
        },
      },
    });
    for (let write = 0; write < 5; write++) {
      transcriber.write(new Int16Array(512));
      await nextTask();
    }
    expect(told).toEqual([
      ["", true],
      ["one", true],
    ]);
  });

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

  it("reports a failed call, and goes on with the stream", async () => {
    const answers = [Promise.reject(new Error("out of order")), Promise.resolve(partialOf("fine"))];
    answers[0]?.catch(() => undefined);
    const stream = scriptedRecognizerStream({
      write: () => answers.shift() ?? Promise.resolve(partialOf("fine")),
      peekFinal: () => Promise.resolve(recognitionOf("fine")),
    });
    const { transcriber, partials, failures } = transcribe(
      scriptedRecognizer({ open: () => Promise.resolve(stream) }),
    );
    transcriber.write(new Int16Array(10));
    await nextTask();
    expect(failures).toMatchObject([{ code: "internal", isRetryable: true }]);
    transcriber.write(new Int16Array(10));
    await nextTask();
    expect(partials).toEqual(["fine"]);
    expect(await transcriber.settle()).toEqual({ text: "fine", confidence: 1 });
    expect(failures).toHaveLength(1);
  });

  it("asks again for a stream that was refused, with the phrases of then", async () => {
    const wanted: (readonly string[] | undefined)[] = [];
    const stream = scriptedRecognizerStream({
      write: () => Promise.resolve(partialOf("fine")),
      peekFinal: () => Promise.resolve(recognitionOf("fine")),
    });
    const { transcriber, failures } = transcribe(
      scriptedRecognizer({
        open: (options) => {
          wanted.push(options?.phrases);
          return wanted.length === 1 ? Promise.reject(new Error("no")) : Promise.resolve(stream);
        },
      }),
    );
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toEqual({ text: "", confidence: null });
    await nextTask();
    expect(failures).toHaveLength(1);
    transcriber.setPhrases(["Ada", "Grace"]);
    transcriber.write(new Int16Array(10));
    expect(await transcriber.settle()).toEqual({ text: "fine", confidence: 1 });
    expect(wanted).toEqual([["Ada"], ["Ada", "Grace"]]);
    transcriber.close();
    transcriber.setPhrases(["Alan"]);
    await nextTask();
    expect(failures).toHaveLength(1);
  });

  it("is as sure of a text as of its words on average", async () => {
    const words = [0.2, 0.6].map((confidence) => ({
      text: "no",
      startMs: 0,
      endMs: 1,
      confidence,
    }));
    const stream = scriptedRecognizerStream({
      peekFinal: () => Promise.resolve({ text: "no no", tokens: [], words }),
    });
    const { transcriber } = transcribe(scriptedRecognizer({ open: () => Promise.resolve(stream) }));
    expect(await transcriber.settle()).toEqual({ text: "no no", confidence: 0.4 });
  });

  it("hears no words in punctuation and signs", async () => {
    const stream = scriptedRecognizerStream({
      write: () => Promise.resolve(partialOf("...")),
      peekFinal: () => Promise.resolve(recognitionOf("♪")),
    });
    const { transcriber, partials } = transcribe(
      scriptedRecognizer({ open: () => Promise.resolve(stream) }),
    );
    transcriber.write(new Int16Array(10));
    await nextTask();
    expect(partials).toEqual([]);
    expect(await transcriber.settle()).toMatchObject({ text: "" });
  });

  it("closes the stream", async () => {
    let isClosed = false;
    const close = () => {
      isClosed = true;
    };
    const stream = scriptedRecognizerStream({ close });
    const { transcriber } = transcribe(scriptedRecognizer({ open: () => Promise.resolve(stream) }));
    transcriber.close();
    await nextTask();
    expect(isClosed).toBe(true);
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
