import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryOutput, CommandHarness } from "../testing/command-harness";

let harness: CommandHarness;
let folder: string;
beforeEach(async () => {
  harness = new CommandHarness();
  folder = await mkdtemp(join(tmpdir(), "parley-mic-"));
  // Only programs that a test installs here are found.
  harness.parts = { environment: { PATH: folder } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Installs a short script as a program. */
async function install(name: string, script: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nPATH=${dirname(process.execPath)}:/usr/bin:/bin\n${script}\n`);
  await chmod(path, 0o755);
}

/** A recorder that outputs the words, and then goes on or ends. */
async function installRecorder(name: string, sound: Uint8Array, andThen = ""): Promise<void> {
  const path = join(folder, "sound.pcm");
  await writeFile(path, sound.subarray(44));
  await install(name, `echo "$@" > ${join(folder, "arguments")}; cat ${path}; ${andThen}`);
}

describe("parley mic", () => {
  it("settles the words at each pause and at the end of the sound", async () => {
    harness.code.sampleOf("hello");
    const silence = new Uint8Array(2 * 16_000 * 2);
    const sound = Buffer.concat([
      harness.say("hello there"),
      silence,
      harness.say("bye").subarray(44),
    ]);
    await installRecorder("arecord", sound);
    expect(await harness.run("mic")).toBe(0);
    expect(harness.output.text).toBe("hello there\nbye\n");
    expect(harness.errors.text).toBe("Listening through arecord; Ctrl-C ends it.\n");
    expect(harness.closedEngines).toBe(1);
  });

  it("rewrites one line on a terminal", async () => {
    harness.output = new MemoryOutput(true);
    await installRecorder("parec", harness.say("hello there"));
    expect(await harness.run("mic")).toBe(0);
    const text = harness.output.text;
    expect(text).toContain("\r\u001B[Khello there");
    expect(text.endsWith("\r\u001B[Khello there\n")).toBe(true);
  });

  it("prints the last words at Ctrl-C", async () => {
    await installRecorder("arecord", harness.say("until now"), "exec sleep 60");
    harness.output = new MemoryOutput(true);
    const ended = harness.run("mic");
    await expect.poll(() => harness.output.text).toContain("until now");
    harness.interrupt();
    expect(await ended).toBe(0);
    expect(harness.output.text.endsWith("until now\n")).toBe(true);
    expect(harness.closedEngines).toBe(1);
  });

  it("exits without them at the second Ctrl-C", async () => {
    await installRecorder("arecord", harness.say("never told"), "exec sleep 60");
    const { recognizer } = harness;
    harness.recognizer = {
      ...recognizer,
      open: async (options) => {
        const stream = await recognizer.open(options);
        let rejectFinish: (error: Error) => void = () => undefined;
        return {
          ...stream,
          write: (samples) => {
            if (!harness.interrupts[0].signal.aborted) harness.interrupt();
            return stream.write(samples);
          },
          finish: () =>
            new Promise((_, reject) => {
              rejectFinish = reject;
              harness.interrupt();
            }),
          close: () => {
            rejectFinish(new Error("closed"));
          },
        };
      },
    };
    expect(await harness.run("mic")).toBe(130);
    expect(harness.closedEngines).toBe(1);
  });

  it("reports the recorder's error", async () => {
    await install(
      "arecord",
      "echo 'arecord: main:831: audio open error: No such file' >&2; exit 1",
    );
    expect(await harness.run("mic", "--device", "hw:9")).toBe(1);
    expect(harness.errors.text).toMatch(/\nparley: arecord: .*audio open error: No such file\n$/);
  });

  it("lists the devices", async () => {
    await install("parec", "");
    await install("pactl", 'echo "devices: $@"; echo more >&2; exit 1');
    expect(await harness.run("mic", "--list")).toBe(0);
    expect(harness.output.text).toContain("devices: list short sources\n");
    expect(harness.settings).toEqual([]);
  });

  it.each([
    [[], 1, "no recording program is installed: parec, arecord, pw-record, rec, ffmpeg"],
    [["--recorder", "arecord"], 1, "no recording program is installed: arecord"],
    [["--recorder", "tape"], 2, "--recorder tape: expected one of parec"],
  ])("needs a recorder: %j", async (words, code, complaint) => {
    expect(await harness.run("mic", ...words)).toBe(code);
    expect(harness.errors.text).toContain(`parley: ${complaint}`);
  });

  it.each([
    [["--url", "http://localhost"], "mic needs a local engine or one at ws://"],
    [["--offline"], "--offline is for files"],
    [["--wait"], "--wait needs a remote engine, --url"],
    [["--list", "--recorder", "rec"], "rec cannot list devices"],
  ])("refuses %j", async (words, complaint) => {
    await install("rec", "");
    expect(await harness.run("mic", ...words)).toBe(2);
    expect(harness.errors.text).toBe(`parley: ${complaint}\n`);
  });
});
