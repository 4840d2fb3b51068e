import { AppError } from "@parley/shared/errors";
import { beforeEach, describe, expect, it } from "vitest";
import { LastingRecognizer } from "./lasting-recognizer";
import { ScriptedHost } from "./testing/scripted-host";

const sound = Int16Array.of(1);

let first: ScriptedHost;
let second: ScriptedHost;
let recognizer: LastingRecognizer;

beforeEach(() => {
  first = new ScriptedHost("first");
  second = new ScriptedHost("second");
  recognizer = new LastingRecognizer(first);
});

describe("LastingRecognizer", () => {
  it("hears an utterance to its end where it began, and the next one with the new model", async () => {
    const stream = await recognizer.open({ phrases: ["Parley"] });
    await stream.write(sound);
    recognizer.replace(second);
    expect(recognizer.name).toBe("second");
    expect((await stream.write(sound)).text).toBe("first 1 1");
    expect(first.isClosed).toBe(false);
    expect((await stream.finish()).text).toBe("first 1 1");
    expect((await stream.write(sound)).text).toBe("second 1");
    expect(second.opened).toEqual([{ phrases: ["Parley"] }]);
  });

  it("closes the old host once no stream is on it", async () => {
    const [staying, leaving] = [await recognizer.open(), await recognizer.open()];
    recognizer.replace(second);
    leaving.close();
    expect(first).toMatchObject({ openStreams: 1, isClosed: false });
    await staying.reset();
    expect(first).toMatchObject({ openStreams: 0, isClosed: true });
    expect(second.openStreams).toBe(1);
  });

  it("closes an old host without streams at once", () => {
    recognizer.replace(second);
    expect(first.isClosed).toBe(true);
  });

  it("takes changed phrases along", async () => {
    const stream = await recognizer.open({ phrases: ["Parley"] });
    await stream.setPhrases(["Parley", "Nemotron"]);
    recognizer.replace(second);
    await stream.reset();
    expect(second.opened).toEqual([{ phrases: ["Parley", "Nemotron"] }]);
  });

  it("leaves a stream where it is while the new host has no room", async () => {
    second.refusal = new AppError("at-capacity", "full");
    const stream = await recognizer.open();
    recognizer.replace(second);
    await stream.reset();
    expect((await stream.write(sound)).text).toBe("first 1");
    second.refusal = null;
    await stream.reset();
    expect((await stream.write(sound)).text).toBe("second 1");
  });

  it("moves a stream in mid-utterance when the old engine dies", async () => {
    const stream = await recognizer.open();
    await stream.write(sound);
    recognizer.replace(second);
    first.dieAt("write");
    expect((await stream.write(sound)).text).toBe("second 1 1");
    expect(first.isClosed).toBe(true);
  });

  it("closes everything, and refuses later calls", async () => {
    const stream = await recognizer.open();
    recognizer.replace(second);
    await recognizer.close();
    await recognizer.close();
    expect([first.isClosed, second.isClosed]).toEqual([true, true]);
    await expect(stream.write(sound)).rejects.toMatchObject({ code: "invalid-state" });
    await expect(recognizer.open()).rejects.toMatchObject({ code: "invalid-state" });
  });
});
