import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWave } from "@parley/audio/wave/read-wave";
import { startScriptedVoice } from "@parley/speech/remote/testing/scripted-voice";
import { CommandHarness } from "../testing/command-harness";

let harness: CommandHarness;
let folder: string;
beforeEach(async () => {
  harness = new CommandHarness();
  folder = await mkdtemp(join(tmpdir(), "parley-say-"));
  // Only programs that a test installs here are found.
  harness.parts = { environment: { PATH: folder, HF_HOME: folder } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Installs a short script as a program. */
async function install(name: string, script: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nPATH=${dirname(process.execPath)}:/usr/bin:/bin\n${script}\n`);
  await chmod(path, 0o755);
}

const inFolder = (name: string) => join(folder, name);

describe("parley say", () => {
  it("writes a WAVE file with its length in the head", async () => {
    expect(await harness.run("say", "hello", "there", "-o", inFolder("a.wav"))).toBe(0);
    const bytes = await readFile(inFolder("a.wav"));
    const { sampleRate, samples } = readWave(bytes);
    expect(sampleRate).toBe(16_000);
    expect(samples).toHaveLength("hello there".length * 320);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect(harness.output.text + harness.errors.text).toBe("");
    expect(harness.closedEngines).toBe(1);
  });

  it("takes the format from the file's extension", async () => {
    expect(await harness.run("say", "hello", "-o", inFolder("a.ogg"))).toBe(0);
    expect((await readFile(inFolder("a.ogg"))).toString("latin1", 0, 4)).toBe("OggS");
    expect(await harness.run("say", "hello", "-o", inFolder("a.doc"))).toBe(2);
    expect(harness.errors.text).toContain("unknown file extension");
  });

  it("speaks the text of standard input", async () => {
    harness.parts.input = Readable.from([Buffer.from("from "), Buffer.from("afar\n")]);
    expect(await harness.run("say", "-", "-o", inFolder("a.pcm"))).toBe(0);
    expect(await readFile(inFolder("a.pcm"))).toHaveLength("from afar\n".length * 640);
  });

  it("writes to standard output what it reads from standard input", async () => {
    harness.parts.input = Readable.from([Buffer.from("from afar")]);
    expect(await harness.run("say", "-", "-o", "-")).toBe(0);
    expect(readWave(harness.output.bytes).samples).toHaveLength("from afar".length * 320);
    expect(await harness.run("say", "hello", "-o", "-", "--json", "-")).toBe(2);
    expect(harness.errors.text).toContain("cannot share standard output");
  });

  it("plays samples at their rate through an installed player", async () => {
    await install("aplay", `echo "$@" > ${inFolder("arguments")}; cat > ${inFolder("heard")}`);
    expect(await harness.run("say", "hello")).toBe(0);
    expect(await readFile(inFolder("arguments"), "utf8")).toContain("-f S16_LE -r 16000");
    expect(await readFile(inFolder("heard"))).toHaveLength(5 * 640);
  });

  it("gives a WAVE file to a player that needs one, and removes it", async () => {
    await install("afplay", `echo "$1" > ${inFolder("place")}; cp "$1" ${inFolder("heard.wav")}`);
    harness.parts.platform = "darwin";
    expect(await harness.run("say", "hello")).toBe(0);
    expect(readWave(await readFile(inFolder("heard.wav"))).samples).toHaveLength(5 * 320);
    const place = (await readFile(inFolder("place"), "utf8")).trim();
    await expect(readFile(place)).rejects.toThrow();
  });

  it("reports a failing player's error, and a missing player", async () => {
    await install("aplay", 'echo "no such device" >&2; exit 1');
    expect(await harness.run("say", "hello")).toBe(1);
    expect(harness.errors.text).toBe("parley: aplay: no such device\n");
    await rm(inFolder("aplay"));
    expect(await harness.run("say", "hello")).toBe(1);
    expect(harness.errors.text).toContain("-o FILE writes the sound instead");
    expect(harness.closedEngines).toBe(1);
  });

  it("stops the sound at Ctrl-C", async () => {
    await install("aplay", `touch ${inFolder("began")}; exec sleep 60`);
    const ended = harness.run("say", "hello");
    await expect.poll(() => readFile(inFolder("began")).catch(() => null)).not.toBeNull();
    harness.interrupt();
    expect(await ended).toBe(130);
    expect(harness.closedEngines).toBe(1);
  });

  it("writes a report without playing", async () => {
    expect(await harness.run("say", "hello", "--json", "-")).toBe(0);
    expect(JSON.parse(harness.output.text)).toMatchObject({
      text: "hello",
      voice: "plain",
      language: "en",
      model: "character synthesiser",
      sample_rate: 16_000,
      duration: 0.1,
    });
  });

  it.each([
    [2, ["say", " "], "there is no text"],
    [2, ["say", "a", "--greedy"], "--greedy needs --model"],
    [2, ["say", "a", "--seed", "1"], "--seed needs --model"],
    [2, ["say", "a", "--url", "ws://localhost"], "http://"],
    [1, ["say", "a", "--json", "-", "--voice", "nobody"], "wanted: plain"],
    [1, ["say", "a", "--json", "-", "--language", "de"], "wanted: en"],
    [1, ["say", "a", "--json", "-", "--model", "./nowhere"], "no such model"],
    [1, ["say", "a", "--json", "-", "--model", "magpie-v2607"], "parley models pull magpie-v2607"],
    [1, ["say", "a", "--json", "-", "--model", "nano-codec"], "nano-codec is a codec"],
  ])("ends with %i for %j", async (code, words, reason) => {
    expect(await harness.run(...words)).toBe(code);
    expect(harness.errors.text).toContain(reason);
  });

  it("speaks through a remote engine", async () => {
    const bodies: unknown[] = [];
    const voice = await startScriptedVoice({
      http: (request, response, body) => {
        const wanted = JSON.parse(body) as { voice: string };
        bodies.push({ path: request.url, ...wanted });
        if (wanted.voice === "x") {
          const error = { message: "there is no voice x; wanted: John, Sofia, Aria" };
          response.writeHead(400).end(JSON.stringify({ error }));
        } else {
          response.writeHead(200, { "x-sample-rate": "22050" }).end(Buffer.alloc(2 * 6_615));
        }
      },
    });
    const url = `http://${voice.host}`;
    const words = ["say", "abc", "--voice", "sofia", "--seed", "7", "-o", inFolder("a.wav")];
    expect(await harness.run(...words, "--url", `${url}/v1`)).toBe(0);
    const { sampleRate, samples } = readWave(await readFile(inFolder("a.wav")));
    expect([sampleRate, samples.length]).toEqual([22_050, 6_615]);
    const asked = { path: "/v1/audio/speech", input: "abc", voice: "sofia", seed: 7 };
    expect(bodies).toMatchObject([{ ...asked, response_format: "pcm" }]);
    expect(await harness.run("say", "a", "--voice", "x", "--json", "-", "--url", url)).toBe(1);
    expect(harness.errors.text).toContain("wanted: John, Sofia, Aria");
    voice.close();
    expect(await harness.run("say", "a", "--json", "-", "--url", url)).toBe(1);
    expect(harness.errors.text).toContain("nothing answers");
  });
});
