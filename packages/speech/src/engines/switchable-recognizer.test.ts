import { beforeEach, describe, expect, it } from "vitest";
import type { Recognizer } from "../contracts/recognizer";
import {
  partialOf,
  recognitionOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
} from "../testing/scripted-models";
import { SwitchableRecognizer } from "./switchable-recognizer";

const sound = new Int16Array(160);

/** Tells its own name as the words that it heard. */
class NamedRecognizer {
  readonly phrases: unknown[] = [];
  openStreams = 0;
  isClosed = false;
  hasRoom = true;
  readonly recognizer: Recognizer;

  constructor(readonly name: string) {
    this.recognizer = scriptedRecognizer({
      name,
      open: (options) => {
        if (!this.hasRoom) return Promise.reject(new Error("no room"));
        this.openStreams++;
        this.phrases.push(options?.phrases);
        return Promise.resolve(
          scriptedRecognizerStream({
            write: () => Promise.resolve(partialOf(name)),
            finish: () => Promise.resolve(recognitionOf(name)),
            reset: () => Promise.resolve(),
            close: () => {
              this.openStreams--;
            },
          }),
        );
      },
      close: () => {
        this.isClosed = true;
        return Promise.resolve();
      },
    });
  }
}

let first: NamedRecognizer;
let second: NamedRecognizer;
let switchable: SwitchableRecognizer;

beforeEach(() => {
  first = new NamedRecognizer("first");
  second = new NamedRecognizer("second");
  switchable = new SwitchableRecognizer(first.recognizer);
});

describe("SwitchableRecognizer", () => {
  it("hears an utterance to its end where it began, and the next one with the new engine", async () => {
    const stream = await switchable.open({ phrases: ["Parley"] });
    await stream.write(sound);
    switchable.replace(second.recognizer);
    expect(switchable.name).toBe("second");
    expect((await stream.write(sound)).text).toBe("first");
    expect(first.isClosed).toBe(false);
    expect((await stream.finish()).text).toBe("first");
    expect((await stream.write(sound)).text).toBe("second");
    expect(second.phrases).toEqual([["Parley"]]);
  });

  it("closes the old engine once nobody is on it", async () => {
    const [staying, leaving] = [await switchable.open(), await switchable.open()];
    switchable.replace(second.recognizer);
    leaving.close();
    expect(first).toMatchObject({ openStreams: 1, isClosed: false });
    await staying.reset();
    expect(first).toMatchObject({ openStreams: 0, isClosed: true });
    expect(second.openStreams).toBe(1);
  });

  it("closes an old engine that nobody used at once", () => {
    switchable.replace(second.recognizer);
    expect(first.isClosed).toBe(true);
  });

  it("takes phrases that changed along", async () => {
    const stream = await switchable.open({ phrases: ["Parley"] });
    await stream.setPhrases(["Parley", "Nemotron"]);
    switchable.replace(second.recognizer);
    await stream.reset();
    expect(second.phrases).toEqual([["Parley", "Nemotron"]]);
  });

  it("leaves a stream where it is while the new engine has no room", async () => {
    second.hasRoom = false;
    const stream = await switchable.open();
    switchable.replace(second.recognizer);
    await stream.reset();
    expect((await stream.write(sound)).text).toBe("first");
    second.hasRoom = true;
    await stream.reset();
    expect((await stream.write(sound)).text).toBe("second");
  });

  it("closes everything, and refuses what comes later", async () => {
    const stream = await switchable.open();
    switchable.replace(second.recognizer);
    await switchable.close();
    await switchable.close();
    expect([first.isClosed, second.isClosed]).toEqual([true, true]);
    await expect(stream.write(sound)).rejects.toMatchObject({ code: "invalid-state" });
    await expect(switchable.open()).rejects.toMatchObject({ code: "invalid-state" });
  });
});
