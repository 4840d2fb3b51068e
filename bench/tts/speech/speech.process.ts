import { setTimeout as delay } from "node:timers/promises";
import { ThreadedCodec } from "@parley/speech/magpie/codec/threaded-codec";
import { MagpieEngine } from "@parley/speech/magpie/engine/magpie-engine";
import type { MagpieRequest } from "@parley/speech/magpie/engine/magpie-request";
import { serveProcess } from "@parley/threads/server/serve-process";
import { settledResidentBytes } from "../../asr/engines/process-usage";
import { watchBus } from "../../support/bus-watch";
import type { Cancellation, LoadRequest, SpeechCalls } from "./speech-calls";
import { steadySteps } from "./steady-steps";
import { StepWatch } from "./step-watch";
import { SwitchedCodec } from "./switched-codec";

let loaded: LoadRequest;
let engine: MagpieEngine;
let codec: SwitchedCodec;
const watch = new StepWatch();

async function open(): Promise<void> {
  const { threads, codecThreads = threads, frames } = loaded;
  const { providers = ["cpu"] } = loaded;
  codec = new SwitchedCodec(
    await ThreadedCodec.open({ directory: loaded.codec, threads: codecThreads, providers }),
  );
  // No stream ends before the last frame; with random weights one could end at any time.
  const inference = { minGeneratedFrames: frames + 1, maxDecoderSteps: frames };
  const settings = { ...loaded, providers, inference };
  engine = await MagpieEngine.openWith(settings, codec, () => watch.open());
}

function request(stream: number, signal: AbortSignal): MagpieRequest {
  const { textTokens } = engine.manifest;
  // Any text will do; the last token is the end's.
  const ids = Array.from({ length: loaded.textTokens - 1 }, (_, place) => {
    return (place * 31 + stream * 7) % (textTokens - 2);
  });
  return {
    chunks: [{ ids: [...ids, textTokens - 1] }],
    voice: stream % engine.manifest.voices.length,
    seed: stream,
    temperature: null,
    isGreedy: false,
    hasCache: true,
    quality: "fast-start",
    signal,
  };
}

const never = new AbortController().signal;

/** @returns samples of the stream's sound */
async function speak(stream: number, signal: AbortSignal, onSound: () => void): Promise<number> {
  let samples = 0;
  for await (const part of engine.synthesize(request(stream, signal))) {
    if (part.type !== "audio") continue;
    samples += part.samples.length;
    onSound();
  }
  return samples;
}

/** Cancels one stream at `due`, and requests its place. */
async function giveUp(
  controller: AbortController,
  speaking: Promise<unknown>,
  waitMs: number,
): Promise<Cancellation | null> {
  const dueMs = performance.now() + waitMs;
  await delay(waitMs);
  const streams = engine.streams;
  controller.abort(new Error("given up"));
  const isCut = await speaking.then(
    () => false,
    () => true,
  );
  const freeMs = performance.now();
  // It may have ended on its own before.
  if (!isCut || engine.streams !== streams - 1) return null;
  const during = watch.times.map((times) => times.filter((at) => at > dueMs && at <= freeMs));
  return { ms: freeMs - dueMs, steps: Math.max(...during.map((times) => times.length)) };
}

/** Resolves once all streams of the watch are stepping. */
async function allStepping(streams: number): Promise<void> {
  while (watch.times.filter((times) => times.length > 1).length < streams) await delay(1);
}

const calls: SpeechCalls = {
  async load(given) {
    loaded = given;
    const startMs = performance.now();
    await open();
    const loadMs = performance.now() - startMs;
    // The first run of every graph is slower.
    await calls.firstAudio({ times: 1 });
    const { runsOn, remarks } = engine;
    return { loadMs, residentBytes: await settledResidentBytes(), runsOn, remarks };
  },

  async firstAudio({ times }) {
    codec.isSilent = false;
    const spentMs: number[] = [];
    for (let time = 0; time < times; time++) {
      const startMs = performance.now();
      for await (const part of engine.synthesize(request(time, never))) {
        if (part.type === "audio") break;
      }
      spentMs.push(performance.now() - startMs);
      // The next one must not wait for work that was begun for this one.
      await delay(300);
    }
    return spentMs;
  },

  async speak({ streams, withCodec }) {
    codec.isSilent = !withCodec;
    watch.clear();
    const firstAudioMs: number[] = [];
    let residentBytes = 0;
    const bus = watchBus();
    const startCpu = process.cpuUsage();
    const startMs = performance.now();
    const samples = await Promise.all(
      Array.from({ length: streams }, (_, stream) =>
        speak(stream, never, () => {
          firstAudioMs[stream] ??= performance.now() - startMs;
          residentBytes = Math.max(residentBytes, process.memoryUsage.rss());
        }),
      ),
    );
    const wallMs = performance.now() - startMs;
    const { user, system } = process.cpuUsage(startCpu);
    return {
      firstAudioMs,
      wallMs,
      cpuMs: (user + system) / 1_000,
      seconds: Math.min(...samples) / engine.sampleRate,
      stepMs: steadySteps(watch.times),
      residentBytes,
      bus: bus(),
    };
  },

  async cancel({ streams, stepMs }) {
    codec.isSilent = true;
    watch.clear();
    const speaking = Array.from({ length: streams }, (_, stream) => {
      const controller = new AbortController();
      const done = speak(stream, controller.signal, () => undefined);
      return { controller, done };
    });
    await allStepping(streams);
    const freed: Cancellation[] = [];
    for (const [index, { controller, done }] of speaking.entries()) {
      // Spread over the length of a step; the last one is left to step for the others' count.
      const waitMs = Math.round(stepMs * ((0.37 * (index + 1)) % 1));
      if (index < streams - 1) {
        const cancellation = await giveUp(controller, done, waitMs);
        if (cancellation !== null) freed.push(cancellation);
      } else {
        await done;
      }
    }
    return freed;
  },
};

await serveProcess<typeof calls>(() => ({ calls }));
