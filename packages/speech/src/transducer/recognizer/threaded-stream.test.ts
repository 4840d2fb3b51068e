import { AppError } from "@parley/shared/errors";
import { beforeEach, describe, expect, it } from "vitest";
import type { PartialRecognition, Recognition } from "../../contracts/recognizer";
import { ThreadedStream, type RecognizerThread } from "./threaded-stream";

/** A thread whose streams "recognise" the samples themselves; `die` replaces it by a fresh one. */
class ScriptedThread {
  life = 1;
  readonly opened: unknown[] = [];
  #heard = new Map<number, number[]>();
  #deathAt: string | null = null;

  dieAt(name: string): void {
    this.#deathAt = name;
  }

  call = ((name: string, request: { stream: number; samples?: Int16Array; options?: unknown }) => {
    if (name === this.#deathAt) {
      this.#deathAt = null;
      this.life++;
      this.#heard = new Map();
      return Promise.reject(new AppError("agent-unavailable", "The recogniser stopped."));
    }
    if (name === "open") {
      this.opened.push(request.options);
      this.#heard.set(request.stream, []);
      return Promise.resolve(undefined);
    }
    const heard = this.#heard.get(request.stream);
    if (heard === undefined) return Promise.reject(new AppError("invalid-state", "not open"));
    heard.push(...(request.samples ?? []));
    const text = heard.join(" ");
    if (name === "finish" || name === "reset") heard.splice(0);
    const partial: PartialRecognition = { text, endings: [], behindMs: 0 };
    const whole: Recognition = { text, tokens: [], words: [] };
    return Promise.resolve(name === "write" ? partial : whole);
  }) as RecognizerThread["call"];
}

let thread: ScriptedThread;
let stream: ThreadedStream;

beforeEach(async () => {
  thread = new ScriptedThread();
  stream = await ThreadedStream.open(thread, 7, { phrases: ["Parley"] });
});

const sound = (...samples: number[]) => Int16Array.from(samples);

describe("ThreadedStream", () => {
  it("loses nothing that was said when its thread dies in the middle", async () => {
    await stream.write(sound(1, 2));
    thread.dieAt("write");
    expect((await stream.write(sound(3))).text).toBe("1 2 3");
    expect((await stream.finish()).text).toBe("1 2 3");
    expect(thread.opened).toEqual([{ phrases: ["Parley"] }, { phrases: ["Parley"] }]);
  });

  it("loses nothing when the thread dies at the end of the speech", async () => {
    await stream.write(sound(1, 2));
    thread.dieAt("finish");
    expect((await stream.finish()).text).toBe("1 2");
    expect((await stream.write(sound(9))).text).toBe("9");
  });

  it("tells a fresh thread nothing from before the last reset", async () => {
    await stream.write(sound(1));
    await stream.finish();
    await stream.write(sound(2));
    thread.dieAt("peek-final");
    expect((await stream.peekFinal()).text).toBe("2");
  });

  it("keeps phrases that were set later", async () => {
    await stream.setPhrases(["Nemotron"]);
    thread.dieAt("write");
    await stream.write(sound(1));
    expect(thread.opened.at(-1)).toEqual({ phrases: ["Nemotron"] });
  });

  it("gives up on what kills thread after thread", async () => {
    thread.dieAt("write");
    const call = thread.call;
    thread.call = (name, request) => {
      if (name === "peek-final") thread.dieAt("peek-final");
      return call(name, request);
    };
    await expect(stream.peekFinal()).rejects.toMatchObject({ code: "agent-unavailable" });
  });

  it("passes on a refusal as it is", async () => {
    stream.close();
    await expect(stream.write(sound(1))).rejects.toMatchObject({ code: "invalid-state" });
  });
});
