import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readWave } from "@parley/audio/wave/read-wave";
import { startScriptedVoice } from "@parley/speech/remote/testing/scripted-voice";
import { ScriptedSurroundings } from "../testing/scripted-surroundings";

let surroundings: ScriptedSurroundings;
let folder: string;
beforeEach(async () => {
  surroundings = new ScriptedSurroundings();
  folder = await mkdtemp(join(tmpdir(), "parley-say-"));
  // Nothing that plays is found but what a test installs here.
  surroundings.parts = { environment: { PATH: folder, HF_HOME: folder } };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program of the system's that is a short script. */
async function install(name: string, script: string): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nPATH=${dirname(process.execPath)}:/usr/bin:/bin\n${script}\n`);
  await chmod(path, 0o755);
}

const inFolder = (name: string) => join(folder, name);

describe("parley say", () => {
  it("writes a WAVE file that tells its length", async () => {
    expect(await surroundings.run("say", "hello", "there", "-o", inFolder("a.wav"))).toBe(0);
    const bytes = await readFile(inFolder("a.wav"));
    const { sampleRate, samples } = readWave(bytes);
    expect(sampleRate).toBe(16_000);
    expect(samples).toHaveLength("hello there".length * 320);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect(surroundings.output.text + surroundings.errors.text).toBe("");
    expect(surroundings.closedEngines).toBe(1);
  });

  it("takes the format from the file's ending", async () => {
    expect(await surroundings.run("say", "hello", "-o", inFolder("a.ogg"))).toBe(0);
    expect((await readFile(inFolder("a.ogg"))).toString("latin1", 0, 4)).toBe("OggS");
    expect(await surroundings.run("say", "hello", "-o", inFolder("a.doc"))).toBe(2);
    expect(surroundings.errors.text).toContain("the ending tells no format");
  });

  it("says what comes in at the standard input", async () => {
    surroundings.parts.input = Readable.from([Buffer.from("from "), Buffer.from("afar\n")]);
    expect(await surroundings.run("say", "-", "-o", inFolder("a.pcm"))).toBe(0);
    expect(await readFile(inFolder("a.pcm"))).toHaveLength("from afar\n".length * 640);
  });

  it("plays through what is installed, samples and rate", async () => {
    await install("aplay", `echo "$@" > ${inFolder("arguments")}; cat > ${inFolder("heard")}`);
    expect(await surroundings.run("say", "hello")).toBe(0);
    expect(await readFile(inFolder("arguments"), "utf8")).toContain("-f S16_LE -r 16000");
    expect(await readFile(inFolder("heard"))).toHaveLength(5 * 640);
  });

  it("hands a WAVE file to a player that wants one, and takes it away again", async () => {
    await install("afplay", `echo "$1" > ${inFolder("place")}; cp "$1" ${inFolder("heard.wav")}`);
    surroundings.parts.platform = "darwin";
    expect(await surroundings.run("say", "hello")).toBe(0);
    expect(readWave(await readFile(inFolder("heard.wav"))).samples).toHaveLength(5 * 320);
    const place = (await readFile(inFolder("place"), "utf8")).trim();
    await expect(readFile(place)).rejects.toThrow();
  });

  it("tells what a player says that fails, and that there is none", async () => {
    await install("aplay", 'echo "no such device" >&2; exit 1');
    expect(await surroundings.run("say", "hello")).toBe(1);
    expect(surroundings.errors.text).toBe("parley: aplay: no such device\n");
    await rm(inFolder("aplay"));
    expect(await surroundings.run("say", "hello")).toBe(1);
    expect(surroundings.errors.text).toContain("-o FILE writes the sound instead");
    expect(surroundings.closedEngines).toBe(1);
  });

  it("falls silent at Ctrl-C", async () => {
    await install("aplay", `touch ${inFolder("began")}; exec sleep 60`);
    const ended = surroundings.run("say", "hello");
    await expect.poll(() => readFile(inFolder("began")).catch(() => null)).not.toBeNull();
    surroundings.interrupt();
    expect(await ended).toBe(130);
    expect(surroundings.closedEngines).toBe(1);
  });

  it("reports, and plays nothing then", async () => {
    expect(await surroundings.run("say", "hello", "--json", "-")).toBe(0);
    expect(JSON.parse(surroundings.output.text)).toMatchObject({
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
    [1, ["say", "a", "--json", "-", "--model", "./nowhere"], "there is no such model"],
    [1, ["say", "a", "--json", "-", "--model", "magpie-v2607"], "parley models pull magpie-v2607"],
    [1, ["say", "a", "--json", "-", "--model", "nano-codec"], "nano-codec is a codec"],
  ])("ends with %i for %j", async (code, words, reason) => {
    expect(await surroundings.run(...words)).toBe(code);
    expect(surroundings.errors.text).toContain(reason);
  });

  it("lets an engine elsewhere speak", async () => {
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
    expect(await surroundings.run(...words, "--url", `${url}/v1`)).toBe(0);
    const { sampleRate, samples } = readWave(await readFile(inFolder("a.wav")));
    expect([sampleRate, samples.length]).toEqual([22_050, 6_615]);
    const asked = { path: "/v1/audio/speech", input: "abc", voice: "sofia", seed: 7 };
    expect(bodies).toMatchObject([{ ...asked, response_format: "pcm" }]);
    expect(await surroundings.run("say", "a", "--voice", "x", "--json", "-", "--url", url)).toBe(1);
    expect(surroundings.errors.text).toContain("wanted: John, Sofia, Aria");
    voice.close();
    expect(await surroundings.run("say", "a", "--json", "-", "--url", url)).toBe(1);
    expect(surroundings.errors.text).toContain("nobody answers");
  });
});
