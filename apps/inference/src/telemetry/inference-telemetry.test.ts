import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { SynthesisPart, Synthesizer } from "@parley/speech/contracts/synthesizer";
import {
  CharacterSynthesizer,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ChatModel } from "../contracts/chat-model";
import { ListedChatModel } from "../testing/listed-chat-model";
import { openTelemetry, type InferenceTelemetry } from "./inference-telemetry";

let clock: FakeClock;
let telemetry: InferenceTelemetry;
let http: FastifyInstance;

beforeEach(() => {
  clock = new FakeClock();
  telemetry = openTelemetry({
    clock,
    metricsKey: null,
    tracing: null,
    log: { debug: () => undefined },
  });
  http = Fastify();
  http.register(telemetry.route);
});

afterEach(() => http.close());

function measure(engines: {
  recognizer?: Recognizer;
  synthesizer?: Synthesizer;
  chatModel?: ChatModel;
}) {
  return telemetry.measure({
    recognizer: wordRecognizer(new WordCode()),
    synthesizer: new CharacterSynthesizer(),
    chatModel: new ListedChatModel(() => ["Very well."]),
    ...engines,
  });
}

async function sample(name: string): Promise<string | undefined> {
  const { body } = await http.inject({ url: "/metrics", headers: { host: "localhost" } });
  return body
    .split("\n")
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);
}

async function drain<Part>(
  parts: AsyncIterable<Part>,
  each?: () => Promise<void>,
): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) {
    all.push(part);
    await each?.();
  }
  return all;
}

/** A voice that takes so long for a second of sound, in two pieces. */
function slowVoice(msForSecond: number): Synthesizer {
  const samples = new Int16Array(8_000);
  async function* speak(): AsyncGenerator<SynthesisPart> {
    yield { type: "clause-start", text: "Hello." };
    for (let piece = 0; piece < 2; piece += 1) {
      await clock.advance(msForSecond / 2);
      yield { type: "audio", samples };
    }
    yield { type: "clause-end" };
  }
  const close = () => Promise.resolve();
  return { name: "slow", voices: ["slow"], sampleRate: 16_000, speak, close };
}

it("measures how long sound is waited for, not how long it is listened to", async () => {
  const { synthesizer } = measure({ synthesizer: slowVoice(200) });
  const speech = synthesizer.speak({
    clauses: (async function* () {
      yield await Promise.resolve("Hello.");
    })(),
    voice: "",
    signal: new AbortController().signal,
  });
  const parts = await drain(speech, () => clock.advance(1_000));
  expect(parts.map(({ type }) => type)).toEqual(["clause-start", "audio", "audio", "clause-end"]);
  expect(await sample("parley_synthesis_real_time_factor_sum")).toBe("0.2");
  expect(await sample("parley_synthesis_first_sound_seconds_sum")).toBe("0.1");
  expect(await sample("parley_synthesis_sound_seconds_total")).toBe("1");
});

it("measures the chat model's first word and counts its failures", async () => {
  const chatModel: ChatModel = {
    name: "slow",
    reply: async function* () {
      await clock.advance(400);
      yield { type: "text-delta", text: "Well" } as const;
      yield { type: "error", error: new Error("gone"), reason: "busy" } as const;
    },
  };
  const measured = measure({ chatModel }).chatModel;
  await drain(measured.reply({ messages: [], signal: new AbortController().signal }));
  expect(await sample("parley_chat_first_text_seconds_sum")).toBe("0.4");
  expect(await sample('parley_chat_failures_total{reason="busy"}')).toBe("1");
});

it("measures the recogniser's lag and open streams, and tells batches since the last reading", async () => {
  const sizes = new Map([
    [1, 5],
    [4, 2],
  ]);
  const recognizer: Recognizer = {
    ...wordRecognizer(new WordCode()),
    batchSizes: () => Promise.resolve(sizes),
  };
  const stream = await measure({ recognizer }).recognizer.open();
  await stream.write(new Int16Array(320));
  expect(await sample("parley_recognizer_streams")).toBe("1");
  expect(await sample("parley_recognizer_lag_seconds_count")).toBe("1");
  expect(await sample('parley_batch_size_count{engine="recognizer"}')).toBe("7");
  sizes.set(4, 3);
  expect(await sample('parley_batch_size_sum{engine="recognizer"}')).toBe("17");
  // Another model counts from the beginning.
  sizes.clear();
  sizes.set(1, 1);
  expect(await sample('parley_batch_size_count{engine="recognizer"}')).toBe("9");
  stream.close();
  stream.close();
  expect(await sample("parley_recognizer_streams")).toBe("0");
});
