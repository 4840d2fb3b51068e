import { status } from "@grpc/grpc-js";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, describe, expect, it } from "vitest";
import type { SynthesisPart } from "../../contracts/synthesizer";
import { LastingRecognizer } from "../../recognition/lasting-recognizer";
import { SteppedSynthesizer } from "../../testing/stepped-synthesizer";
import { WordCode, wordRecognizer } from "../../testing/scripted-models";
import { RemoteRecognizerHost } from "../recognition/remote-recognizer-host";
import { RemoteSynthesizer } from "../remote-synthesizer";
import { RivaServer } from "../testing/riva-server";
import { rivaAddress } from "./riva-address";

const code = new WordCode();
const wordSamples = 3_200;
const never = new AbortController().signal;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function spoken(text: string): Int16Array {
  const words = text.split(" ");
  const samples = new Int16Array(words.length * wordSamples);
  for (const [index, word] of words.entries()) {
    samples.fill(code.sampleOf(word), index * wordSamples, (index + 1) * wordSamples);
  }
  return samples;
}

async function hearing() {
  const server = new RivaServer({ recognizer: wordRecognizer(code) });
  await server.start();
  closers.push(() => {
    server.stop();
  });
  const settings = { apiKey: "secret", model: "parakeet", language: null, clock: systemClock };
  const host = await RemoteRecognizerHost.open({ url: server.url, ...settings });
  const recognizer = new LastingRecognizer(host);
  closers.push(() => recognizer.close());
  return { server, recognizer };
}

describe("a Riva address", () => {
  it("has Riva's port, and its query as metadata", () => {
    expect(rivaAddress(new URL("grpc://gpu-box"))).toEqual({
      target: "gpu-box:50051",
      isEncrypted: false,
      metadata: [],
    });
    expect(rivaAddress(new URL("grpcs://grpc.example:443?function-id=abc"))).toEqual({
      target: "grpc.example:443",
      isEncrypted: true,
      metadata: [["function-id", "abc"]],
    });
  });
});

describe("Riva's recognition", () => {
  it("is told rate, language, model, names and the key", async () => {
    const { server, recognizer } = await hearing();
    expect(recognizer.name).toBe(`parakeet at ${server.url.host}`);
    const stream = await recognizer.open({ phrases: ["Parley"] });
    await stream.write(spoken("hello"));
    await stream.finish();
    expect(server.configs).toMatchObject([
      {
        encoding: "LINEAR_PCM",
        sample_rate_hertz: 16_000,
        language_code: "en-US",
        model: "parakeet",
        speech_contexts: [{ phrases: ["Parley"] }],
      },
    ]);
    expect(server.keys).toEqual(["Bearer secret"]);
  });

  it("goes on in another call after a pause, with words at their places in the turn", async () => {
    const { server, recognizer } = await hearing();
    const stream = await recognizer.open();
    await stream.write(spoken("hello there"));
    expect((await stream.peekFinal()).text).toBe("hello there");
    await stream.write(spoken("world"));
    const { text, words } = await stream.finish();
    expect(text).toBe("hello there world");
    expect(words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 200],
      [200, 400],
      [400, 600],
    ]);
    expect(server.configs).toHaveLength(2);
  });

  it("loses nothing when the server dies within a turn and comes back", async () => {
    const { server, recognizer } = await hearing();
    const stream = await recognizer.open();
    await stream.write(spoken("one two"));
    server.stop();
    await server.start();
    await stream.write(spoken("three"));
    expect((await stream.finish()).text).toBe("one two three");
  });

  it.each([
    [status.RESOURCE_EXHAUSTED, "at-capacity", "RESOURCE_EXHAUSTED"],
    [status.UNAUTHENTICATED, "agent-unavailable", "RECOGNIZER_API_KEY"],
    [status.INVALID_ARGUMENT, "agent-unavailable", "INVALID_ARGUMENT"],
  ])("tells of status %i as %s", async (failsWith, errorCode, part) => {
    const { server, recognizer } = await hearing();
    server.failsWith = failsWith;
    const stream = await recognizer.open();
    const heard = stream.write(spoken("hello")).then(() => stream.finish());
    await expect(heard).rejects.toMatchObject({
      code: errorCode,
      message: expect.stringContaining(part) as string,
    });
  });
});

describe("Riva's synthesis", () => {
  it("lists the voices of the configuration, and is cancelled with its reply", async () => {
    const far = new SteppedSynthesizer();
    const server = new RivaServer({ synthesizer: far });
    await server.start();
    const requested = { apiKey: null, model: "", format: "pcm", voices: null } as const;
    const voice = await RemoteSynthesizer.open(
      { url: server.url, ...requested, clock: systemClock },
      never,
    );
    closers.push(
      () => voice.close(),
      () => {
        server.stop();
      },
    );
    expect(voice.voices).toEqual(far.voices.map((name) => `Test.${name}`));
    expect(voice.sampleRate).toBe(22_050);
    far.gate = ({ signal }) =>
      far.pieces < 2
        ? Promise.resolve()
        : new Promise((resolve) => {
            signal.addEventListener("abort", () => {
              resolve();
            });
          });
    async function* clauses() {
      yield await Promise.resolve("abc");
    }
    const parts: SynthesisPart["type"][] = [];
    for await (const part of voice.speak({ clauses: clauses(), voice: "", signal: never })) {
      parts.push(part.type);
      if (part.type === "audio") break;
    }
    await far.allEnded();
    expect(parts).toEqual(["clause-start", "audio"]);
    expect(server.cancelled).toBe(1);
  });
});
