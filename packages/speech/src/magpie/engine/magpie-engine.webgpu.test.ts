import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMagpieManifest } from "../decoding/magpie-model";
import type { ExecutionProvider } from "../../runtime/execution-providers";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { codeCodec } from "../testing/code-codec";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";
import { readBundledGreedy } from "../testing/magpie-records";
import { requestFor, speakIds } from "../testing/speak-ids";
import { MagpieEngine } from "./magpie-engine";

/** Few, since a device in software takes its time. */
const maxDecoderSteps = 8;

describe.skipIf(missingVulkan !== null)(underWebgpu("Magpie"), () => {
  let voice: ConvertedVoice;

  beforeAll(async () => {
    voice = await convertVoice("bundled");
  });

  afterAll(() => voice.remove());

  /** Codes of two replies, the second of which joins while the first is spoken. */
  async function codes(providers: readonly ExecutionProvider[]) {
    const { model } = voice;
    const manifest = await readMagpieManifest(join(model, "parley.json"));
    const inference = { minGeneratedFrames: 1_000, maxDecoderSteps };
    const settings = { model, threads: 1, providers, maxStreams: 4, inference };
    const engine = await MagpieEngine.openWith(settings, codeCodec(manifest));
    try {
      const { records } = await readBundledGreedy();
      const [first = [], second = []] = records.map(({ tokens }) => tokens);
      const spoken = await Promise.all([
        speakIds(engine, requestFor(first)),
        speakIds(engine, requestFor(second, { voice: 1 })),
      ]);
      const uncached = await speakIds(engine, requestFor(first, { hasCache: false }));
      return {
        runsOn: engine.runsOn,
        codes: [...spoken, uncached].map((reply) => [reply.codes, reply.attended]),
      };
    } finally {
      await engine.close();
    }
  }

  it("speaks the same codes as on the processor", async () => {
    const cpu = await codes([]);
    const webgpu = await codes(["webgpu"]);
    expect([cpu.runsOn, webgpu.runsOn]).toEqual(["cpu", "webgpu"]);
    expect(webgpu.codes).toEqual(cpu.codes);
  });
});
