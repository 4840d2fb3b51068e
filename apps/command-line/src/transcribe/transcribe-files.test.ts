import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecognizerStreamOptions } from "@parley/speech/contracts/recognizer";
import {
  recognitionOf,
  scriptedRecognizer,
  scriptedRecognizerStream,
} from "@parley/speech/testing/scripted-models";
import { MemoryOutput, CommandHarness } from "../testing/command-harness";

let harness: CommandHarness;
let folder: string;
beforeEach(async () => {
  harness = new CommandHarness();
  folder = await mkdtemp(join(tmpdir(), "parley-transcribe-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("parley transcribe", () => {
  it("prints partial text, and the whole text at the end", async () => {
    const path = await file("four.wav", harness.say("good morning to everybody"));
    expect(await harness.run("transcribe", path)).toBe(0);
    expect(harness.output.text).toBe(
      "[PARTIAL] good morning\n" +
        "[PARTIAL] good morning to everybody\n" +
        "[FINAL]   good morning to everybody\n",
    );
    expect(harness.errors.text).toBe("");
    expect(harness.closedEngines).toBe(1);
  });

  it("prints only the end of a long partial text", async () => {
    const words = Array.from({ length: 80 }, (_, index) => `word${index}`).join(" ");
    const path = await file("long.wav", harness.say(words, 0.2));
    expect(await harness.run("transcribe", path)).toBe(0);
    const lines = harness.output.text.trimEnd().split("\n");
    expect(lines.at(-1)).toBe(`[FINAL]   ${words}`);
    const partial = lines.at(-2) ?? "";
    expect(partial).toMatch(/^\[PARTIAL\] … word\d+ .* word79$/);
    expect(partial.length).toBeLessThan(260);
  });

  it("prints word times and the real-time factor as JSON", async () => {
    const path = await file("two.wav", harness.say("yes please"));
    let now = 0;
    harness.parts = {
      clock: {
        now: () => (now += 250),
        delay: () => Promise.resolve(),
        schedule: () => () => undefined,
      },
    };
    expect(await harness.run("transcribe", "--json", path)).toBe(0);
    expect(JSON.parse(harness.output.text)).toEqual({
      file: path,
      text: "yes please",
      tokens: [],
      frames: [],
      durations: [],
      confidence: [],
      words: [
        { text: "yes", start: 0, end: 0.5, confidence: 1 },
        { text: "please", start: 0.5, end: 1, confidence: 1 },
      ],
      model: "moonshine-tiny-en",
      duration: 1,
      real_time_factor: 0.5,
    });
  });

  it("prints tokens with their frames, durations and confidence", async () => {
    const token = { id: 7, startMs: 240, durationMs: 160, confidence: 0.123_456 };
    const stream = scriptedRecognizerStream({
      write: () => Promise.resolve({ text: "a", endings: [], behindMs: 0 }),
      finish: () => Promise.resolve({ ...recognitionOf("a"), tokens: [token] }),
    });
    harness.recognizer = scriptedRecognizer({ open: () => Promise.resolve(stream) });
    const path = await file("one.wav", harness.say("a"));
    expect(await harness.run("transcribe", "--json", path)).toBe(0);
    const expected = { tokens: [7], frames: [3], durations: [2], confidence: [0.123456] };
    expect(JSON.parse(harness.output.text)).toMatchObject(expected);
  });

  it("goes on after unreadable files, and exits with 1", async () => {
    const good = await file("good.wav", harness.say("here"));
    const paths = [
      join(folder, "missing.wav"),
      folder,
      await file("empty.wav", ""),
      await file("text.wav", "RIFF but not much more than that, all in all it is too short"),
      good,
    ];
    expect(await harness.run("transcribe", "--json", ...paths)).toBe(1);
    const [document, ...more] = harness.output.text.trimEnd().split("\n");
    expect(JSON.parse(document ?? "")).toMatchObject({ file: good, text: "here" });
    expect(more).toEqual([]);
    const complaints = harness.errors.text.trimEnd().split("\n");
    expect(complaints.slice(0, 3)).toEqual([
      `parley: ${paths[0]}: no such file`,
      `parley: ${folder}: it is a directory`,
      `parley: ${paths[2]}: it is empty`,
    ]);
    expect(complaints[3]).toContain(`parley: ${paths[3]}: `);
    expect(complaints).toHaveLength(4);
    expect(harness.closedEngines).toBe(1);
  });

  it("prints the file's name where there are several", async () => {
    const first = await file("first.wav", harness.say("one"));
    const second = await file("second.wav", harness.say("two"));
    expect(await harness.run("transcribe", first, second)).toBe(0);
    const lines = harness.output.text.split("\n").filter((line) => !line.startsWith("[PARTIAL]"));
    expect(lines).toEqual([
      `Audio file: ${first}`,
      "[FINAL]   one",
      `Audio file: ${second}`,
      "[FINAL]   two",
      "",
    ]);
  });

  it("writes subtitles to a file, and nothing to standard output", async () => {
    const path = await file("talk.wav", harness.say("hello there"));
    const output = join(folder, "talk.srt");
    expect(await harness.run("transcribe", "--srt", "--output", output, path)).toBe(0);
    expect(await readFile(output, "utf8")).toBe("1\n00:00:00,000 --> 00:00:01,000\nhello there\n");
    expect(harness.output.text).toBe("");
    expect(await harness.run("transcribe", "--vtt", path)).toBe(0);
    expect(harness.output.text).toMatch(/^WEBVTT\n\n00:00:00\.000 --> /);
  });

  it("transcribes what is there of a file that was cut short, and says so", async () => {
    const path = join(folder, "cut.wav");
    const bytes = harness.say("one two three");
    await writeFile(path, bytes.subarray(0, bytes.length - 16_000));
    expect(await harness.run("transcribe", path)).toBe(0);
    expect(harness.output.text).toContain("one two");
    expect(harness.errors.text).toContain("cut.wav: it ends after 32000 of 48000 bytes of sound");
  });

  it("reads standard input", async () => {
    const sound = harness.say("from elsewhere");
    harness.parts = { input: Readable.from([sound.subarray(0, 50), sound.subarray(50)]) };
    expect(await harness.run("transcribe", "-")).toBe(0);
    expect(harness.output.text).toContain("[FINAL]   from elsewhere\n");
  });

  it("reads a long file no faster than the engine recognises it", async () => {
    const pieces = 400;
    const [header, silence] = [harness.say("").subarray(0, 40), new Uint8Array(65_536)];
    let read = 0;
    async function* endless() {
      // A header of open length.
      yield await Promise.resolve(Buffer.concat([header, new Uint8Array(4)]));
      for (let index = 0; index < pieces; index++) {
        read += silence.length;
        yield await Promise.resolve(silence);
      }
    }
    let heard = 0;
    let ahead = 0;
    const stream = scriptedRecognizerStream({
      write: (samples) => {
        heard += 2 * samples.length;
        ahead = Math.max(ahead, read - heard);
        return Promise.resolve({ text: "", endings: [], behindMs: 0 });
      },
      finish: () => Promise.resolve(recognitionOf("")),
    });
    harness.recognizer = scriptedRecognizer({ open: () => Promise.resolve(stream) });
    harness.parts = { input: endless() };
    expect(await harness.run("transcribe", "-")).toBe(0);
    expect(heard).toBe(pieces * silence.length);
    expect(ahead).toBeLessThan(3 * silence.length);
  });

  it("feeds the sound at the pace of speech with --realtime", async () => {
    const path = await file("slow.wav", harness.say("take your time", 0.4));
    let now = 0;
    const delay = (ms: number) => Promise.resolve(void (now += ms));
    harness.parts = { clock: { now: () => now, delay, schedule: () => () => undefined } };
    expect(await harness.run("transcribe", "--realtime", "--json", path)).toBe(0);
    expect(JSON.parse(harness.output.text)).toMatchObject({ real_time_factor: 1 });
    expect(now).toBeCloseTo(1_200);
  });

  it("passes the options to the engine and its streams", async () => {
    const asked: (RecognizerStreamOptions | undefined)[] = [];
    harness.recognizer = scriptedRecognizer({
      open: (options) => {
        asked.push(options);
        const finish = () => Promise.resolve(recognitionOf(""));
        const write = () => Promise.resolve({ text: "", endings: [], behindMs: 0 });
        return Promise.resolve(scriptedRecognizerStream({ write, finish }));
      },
    });
    const phrases = await file("names.txt", "Ada Lovelace\n\n  Parley \r\n");
    const path = await file("any.wav", harness.say("any"));
    const options =
      "--model builtin --right-context 6 --chunk 1.5 --left 8 --right 1 --finish exact --threads 3 --provider cuda,cpu --language en-US --offline";
    const words = ["transcribe", ...options.split(" "), "--phrases", phrases, path];
    expect(await harness.run(...words)).toBe(0);
    expect(harness.settings).toMatchObject([
      {
        rightContext: 6,
        window: { chunk: 1.5, left: 8, right: 1 },
        finish: "exact",
        threads: 3,
        providers: ["cuda", "cpu"],
        isOffline: true,
      },
    ]);
    const streamOptions = {
      phrases: ["Ada Lovelace", "Parley"],
      language: "en-US",
      isOffline: true,
    };
    expect(asked).toEqual([streamOptions]);
  });

  it("shows a bar on a terminal, and clears it", async () => {
    harness.errors = new MemoryOutput(true);
    const path = await file("bar.wav", harness.say("one two three four"));
    expect(await harness.run("transcribe", path)).toBe(0);
    expect(harness.errors.text).toContain("bar.wav");
    expect(harness.errors.text).toContain("100%");
    expect(harness.errors.text.endsWith("\u001B[0J")).toBe(true);
    expect(harness.output.text).toContain("[FINAL]   one two three four\n");
  });

  it("ends cleanly when it is interrupted", async () => {
    const path = await file("long.wav", harness.say("never heard to the end"));
    let closedStreams = 0;
    let rejectWrite: (error: Error) => void = () => undefined;
    const stream = scriptedRecognizerStream({
      write: () =>
        new Promise((_, reject) => {
          rejectWrite = reject;
          harness.interrupt();
        }),
      close: () => {
        closedStreams++;
        rejectWrite(new Error("closed"));
      },
    });
    harness.recognizer = scriptedRecognizer({ open: () => Promise.resolve(stream) });
    expect(await harness.run("transcribe", path, path)).toBe(130);
    expect(closedStreams).toBeGreaterThan(0);
    expect(harness.closedEngines).toBe(1);
    expect(harness.errors.text).toBe("");
  });
});

describe("wrong usage", () => {
  it.each([
    [["transcribe"], "missing required argument 'files'"],
    [["transcribe", "--nonsense", "x"], "unknown option '--nonsense'"],
    [["transcribe", "--json", "--srt", "x"], "option '--json' cannot be used with option '--srt'"],
    [["transcribe", "--srt", "x", "y"], "subtitles need exactly one file"],
    [["transcribe", "--threads", "0", "x"], "Wanted: a whole number from 1 to 256."],
    [["transcribe", "--chunk", "-1", "x"], "Wanted: seconds from 0.08 to 60."],
    [["transcribe", "--provider", "gpu", "x"], "Wanted: some of cpu, cuda"],
    [["transcribe", "--finish", "soon", "x"], "Allowed choices are silence, exact, nemo."],
    [["transcribe", "--url", "localhost", "x"], "Wanted: an address that begins with ws://"],
    [["transcribe", "--url", "ws://a", "--threads", "2", "x"], "cannot be used with option"],
    [["transcribe", "--wait", "x"], "--wait needs a remote engine, --url"],
    [["listen"], "unknown command 'listen'"],
  ])("%j", async (words, complaint) => {
    expect(await harness.run(...words)).toBe(2);
    expect(harness.errors.text).toMatch(/^parley: [^\n]+\n$/);
    expect(harness.errors.text).toContain(complaint);
    expect(harness.settings).toEqual([]);
  });

  it.each([
    [["--model", "./nowhere"], "parley: ./nowhere: no such model\n"],
    [["--phrases", "nowhere.txt"], "parley: nowhere.txt: the phrases cannot be read\n"],
  ])("%j fails before anything is read", async (words, complaint) => {
    expect(await harness.run("transcribe", ...words, "any.wav")).toBe(1);
    expect(harness.errors.text).toBe(complaint);
  });

  it("names the fault of a checkpoint", async () => {
    const path = await file("model.nemo", "");
    expect(await harness.run("transcribe", "--model", path, "any.wav")).toBe(1);
    expect(harness.errors.text).toBe(`parley: ${path} has no model_config.yaml\n`);
  });
});

describe("help", () => {
  it("shows examples and groups", async () => {
    expect(await harness.run("transcribe", "--help")).toBe(0);
    expect(harness.output.text).toContain("Examples:\n  parley transcribe speech.wav");
    expect(harness.output.text).toContain("Engine:\n");
  });

  it("is shown without a command", async () => {
    expect(await harness.run()).toBe(2);
    expect(harness.errors.text).toContain("Usage: parley");
  });

  it("prints the version", async () => {
    expect(await harness.run("--version")).toBe(0);
    expect(harness.output.text).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
