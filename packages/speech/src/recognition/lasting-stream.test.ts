import { AppError } from "@parley/shared/errors";
import { beforeEach, describe, expect, it } from "vitest";
import type { RecognizerStream } from "../contracts/recognizer";
import { LastingRecognizer } from "./lasting-recognizer";
import { ScriptedHost } from "./testing/scripted-host";

let host: ScriptedHost;
let stream: RecognizerStream;

beforeEach(async () => {
  host = new ScriptedHost("heard:");
  stream = await new LastingRecognizer(host).open({ phrases: ["Parley"] });
});

const sound = (...samples: number[]) => Int16Array.from(samples);

describe("a stream whose engine dies", () => {
  it("loses nothing that was said before, nor the write in hand", async () => {
    await stream.write(sound(1, 2));
    host.dieAt("write");
    expect((await stream.write(sound(3))).text).toBe("heard: 1 2 3");
    expect((await stream.finish()).text).toBe("heard: 1 2 3");
    expect(host.opened).toEqual([{ phrases: ["Parley"] }, { phrases: ["Parley"] }]);
  });

  it("loses nothing at the end of the speech", async () => {
    await stream.write(sound(1, 2));
    host.dieAt("finish");
    expect((await stream.finish()).text).toBe("heard: 1 2");
    expect((await stream.write(sound(9))).text).toBe("heard: 9");
  });

  it("replays nothing from before the last reset", async () => {
    await stream.write(sound(1));
    await stream.finish();
    await stream.write(sound(2));
    host.dieAt("peekFinal");
    expect((await stream.peekFinal()).text).toBe("heard: 2");
  });

  it("keeps phrases that were set later", async () => {
    await stream.setPhrases(["Nemotron"]);
    host.dieAt("write");
    await stream.write(sound(1));
    expect(host.opened.at(-1)).toEqual({ phrases: ["Nemotron"] });
  });

  it("survives a death during the replay", async () => {
    await stream.write(sound(1));
    host.dieAt("peekFinal");
    const peeked = stream.peekFinal();
    host.dieAt("write");
    await stream.write(sound(2));
    await peeked;
    expect((await stream.finish()).text).toBe("heard: 1 2");
  });

  it("gives up on sound that kills engine after engine, and hears what follows", async () => {
    await stream.write(sound(1));
    host.dieAt("peekFinal", 3);
    await expect(stream.peekFinal()).rejects.toMatchObject({ code: "agent-unavailable" });
    expect((await stream.write(sound(2))).text).toBe("heard: 2");
  });

  it("keeps the sound while the fresh engine refuses it, and tries again", async () => {
    await stream.write(sound(1));
    host.dieAt("peekFinal");
    host.refusal = new AppError("at-capacity", "full");
    await expect(stream.peekFinal()).rejects.toMatchObject({ code: "at-capacity" });
    host.refusal = null;
    expect((await stream.peekFinal()).text).toBe("heard: 1");
  });

  it("keeps no sound of a file, which can be read again", async () => {
    const file = await new LastingRecognizer(host).open({ isOffline: true });
    await file.write(sound(1));
    host.dieAt("peekFinal");
    expect((await file.peekFinal()).text).toBe("heard:");
  });
});

describe("a stream's queue", () => {
  it("works through calls in order, on copies of their sound", async () => {
    const samples = sound(1, 2);
    const calls = [stream.write(samples), stream.write(sound(3)), stream.finish()];
    samples.fill(9);
    expect((await Promise.all(calls)).map(({ text }) => text)).toEqual([
      "heard: 1 2",
      "heard: 1 2 3",
      "heard: 1 2 3",
    ]);
  });

  it("counts the sound of writes that wait", async () => {
    const second = new Int16Array(16_000);
    const [first, last] = await Promise.all([stream.write(second), stream.write(second)]);
    expect([first.behindMs, last.behindMs]).toEqual([1_000, 0]);
  });

  it("rejects the calls that wait when the stream closes, and later ones", async () => {
    const waiting = [stream.write(sound(1)), stream.finish()];
    stream.close();
    stream.close();
    for (const call of waiting) await expect(call).rejects.toMatchObject({ code: "invalid-state" });
    await expect(stream.write(sound(1))).rejects.toMatchObject({ code: "invalid-state" });
    expect(host.openStreams).toBe(0);
  });
});
