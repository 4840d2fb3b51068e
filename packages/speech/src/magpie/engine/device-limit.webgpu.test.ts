/** Magpie within a limit of a device's memory. */
import { join } from "node:path";
import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
  vi,
  type MockInstance,
} from "vitest";
import { ProviderFallback } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { sizeOnDisk } from "../../runtime/size-on-disk";
import type { Tensor } from "../../runtime/tensors";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { beginCodes } from "../decoding/chunk-decoding";
import { encodeText } from "../decoding/cross-memory";
import { partNames } from "../decoding/decoder-cache";
import { openMagpieModel, readMagpieManifest } from "../decoding/magpie-model";
import { WholeRuns } from "../decoding/whole-run";
import { codeCodec } from "../testing/code-codec";
import { convertVoice, type ConvertedVoice } from "../testing/converted-voices";
import { readBundledGreedy } from "../testing/magpie-records";
import { requestFor, speakIds } from "../testing/speak-ids";
import { bytesWith, magpieNeeds, stateNeeds } from "./device-needs";
import { MagpieEngine } from "./magpie-engine";

/** Few, since a device in software takes its time. */
const inference = { minGeneratedFrames: 1_000, maxDecoderSteps: 4 };

const sizeOf = ({ dims }: Tensor) => 4 * dims.reduce((size, dim) => size * dim, 1);

/** Bytes of keys and values that the decoder's largest run was given and has returned. */
async function mostBytesOf(
  runs: MockInstance<OnnxSession["run"]>["mock"],
  layers: number,
): Promise<number> {
  const kept = partNames("present", layers);
  let most = 0;
  for (const [index, [feeds]] of runs.calls.entries()) {
    const session = runs.contexts[index];
    if (!(session instanceof OnnxSession) || session.file !== "decoder.onnx") continue;
    const result = runs.results[index];
    if (result?.type !== "return") continue;
    const outputs = await result.value;
    const given = Object.entries(feeds).filter(([name]) => /^(?:past|cross)_/u.test(name));
    const tensors = [
      ...given.map(([, tensor]) => tensor),
      ...kept.map((name) => outputs.tensor(name)),
    ];
    most = Math.max(
      most,
      tensors.reduce((sum, tensor) => sum + sizeOf(tensor), 0),
    );
  }
  return most;
}

describe.skipIf(missingVulkan !== null)(underWebgpu("Magpie within a limit"), () => {
  let voice: ConvertedVoice;
  let manifest: MagpieManifest;

  beforeAll(async () => {
    voice = await convertVoice("bundled");
    manifest = await readMagpieManifest(join(voice.model, "parley.json"));
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  afterAll(() => voice.remove());

  async function open(memoryBytes: number) {
    const device = { memoryBytes, tellsPlacement: true };
    const settings = { model: voice.model, threads: 1, providers: ["webgpu"] as const, inference };
    return await MagpieEngine.openWith({ ...settings, maxStreams: 4, device }, codeCodec(manifest));
  }

  it("speaks with as many voices as have room, and keeps no more than it says", async () => {
    const run = vi.spyOn(OnnxSession.prototype, "run");
    const engine = await open(bytesWith(3, [await magpieNeeds(voice.model, inference)]) - 1);
    try {
      const { records } = await readBundledGreedy();
      const speak = () => speakIds(engine, requestFor(records[0]?.tokens ?? []));
      const spoken = await Promise.allSettled([speak(), speak(), speak()]);
      expect(spoken.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
      expect(spoken[2]).toMatchObject({ reason: { code: "at-capacity" } });
      const states = stateNeeds(manifest, { ...manifest.inference, ...inference });
      // The text is shorter than the longest: what is said is an upper limit, but of the right size.
      const { layers, width, contextFrames } = manifest;
      const mostBytes = await mostBytesOf(run.mock, layers);
      expect(mostBytes).toBeLessThanOrEqual(bytesWith(2, [states]));
      const voicesAlone = 2 * 2 * layers * 2 * width * 4 * contextFrames;
      expect(mostBytes).toBeGreaterThan(2 * voicesAlone);
      const { remarks, placements } = await engine.report();
      expect(remarks).toEqual([
        expect.stringMatching(/^webgpu speaks with 2 voices at once, not 4/u),
      ]);
      expect(engine.runsOn).toBe("webgpu");
      expect(
        placements.map(({ graph, partitions, inTheMidst, nodes }) => {
          return { graph, partitions, inTheMidst, cpu: nodes.cpu ?? 0 };
        }),
      ).toEqual([
        { graph: "decoder.onnx", partitions: 1, inTheMidst: [], cpu: 1 },
        { graph: "text_encoder.onnx", partitions: 1, inTheMidst: [], cpu: 5 },
        { graph: "local_sampler.onnx", partitions: 1, inTheMidst: [], cpu: 2 },
      ]);
    } finally {
      await engine.close();
    }
  });

  it("decodes on the processor where the device takes the text and refuses the decoder", async () => {
    const memoryBytes = (await sizeOnDisk(join(voice.model, "text_encoder.onnx"))) + 1;
    const providers = new ProviderFallback(["webgpu"], { memoryBytes });
    const model = await openMagpieModel(voice.model, { threads: 1, providers, inference });
    try {
      expect(providers.inUse).toBe("cpu");
      expect(providers.remarks).toEqual([expect.stringMatching(/^webgpu is not used: /u)]);
      const memory = await encodeText(model, [1, 2, 3]);
      const runs = await WholeRuns.open(model, beginCodes(model));
      const begun = await runs.begin({ voice: 0, memory, prior: null }, beginCodes(model));
      expect(begun.output.alignment).toHaveLength(3);
      begun.caches.conditional.parts.release();
      runs.close();
    } finally {
      await model.close();
    }
  });

  it("speaks on the processor where nothing has room", async () => {
    const engine = await open(2 ** 20);
    try {
      expect(engine.runsOn).toBe("cpu");
      const { remarks, placements } = await engine.report();
      expect(remarks).toEqual([expect.stringMatching(/^webgpu is not used: .* limit of 1 MiB$/u)]);
      expect(placements).toEqual([]);
      const { records } = await readBundledGreedy();
      const { codes } = await speakIds(engine, requestFor(records[0]?.tokens ?? []));
      expect(codes.length).toBeGreaterThan(0);
    } finally {
      await engine.close();
    }
  });
});
