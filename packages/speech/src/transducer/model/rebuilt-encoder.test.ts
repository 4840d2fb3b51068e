import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxModel } from "@parley/nemo-onnx/onnx/onnx-model";
import { patchDropExtra } from "@parley/nemo-onnx/onnx/patch-drop-extra";
import { describe, expect, it } from "vitest";
import { OnnxSession } from "../../runtime/onnx-session";
import { loadTensors, tensorOf } from "../../testing/audio-tensors";
import type { StreamingEncoder } from "./asr-model";
import { readEncoderInterface, type EncoderInterface } from "./encoder-interface";
import { Mismatches } from "./mismatches";
import { rebuiltEncoder } from "./rebuilt-encoder";
import { StreamingGraphEncoder } from "./streaming-graph-encoder";
import {
  changeNodes,
  withBatchNorms,
  withBiases,
  withRightContext,
  withScaledInput,
  type Change,
} from "./testing/exported-encoder";
import {
  cut,
  joined,
  largestDifference,
  nextStep,
  streamThrough,
  type RecordedStep,
} from "./testing/streaming-run";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const wide = new URL(
  "../../../../../../shared/fixtures/asr/models/nemotron-like/onnx/R13/encoder-model.onnx",
  import.meta.url,
);
const { data, shape } = tensorOf(loadTensors(`${fixtures}mel128.safetensors`), "flite_slt.logmel");
const logMel = { data, mels: 128, frames: shape[1] ?? 0 };
const sizes = {
  layers: 3,
  leftContext: 70,
  width: 96,
  convolutionContext: 8,
  channelRows: 3,
  channelWidth: 96,
};

function exported(...changes: readonly Change[]): OnnxModel {
  const bytes = readFileSync(`${fixtures}models/nemotron-like/encoder.onnx`);
  return changes.reduce((model, change) => change(model), decodeModel(bytes, "encoder.onnx"));
}

function interfaceOf({ graph, metadata }: OnnxModel): EncoderInterface {
  const mismatches = new Mismatches();
  const outline = {
    ...graph,
    file: "encoder.onnx",
    metadata,
    constants: [],
    hasExternalData: false,
  };
  const found = readEncoderInterface(outline, mismatches);
  mismatches.throwIfAny();
  return found!;
}

function rebuild(model: OnnxModel, rightContext = 1) {
  return rebuiltEncoder(encodeModel(model), interfaceOf(model), {
    file: "encoder.onnx",
    mels: 128,
    sizes: { shape: sizes, rightContexts: [rightContext] },
  });
}

async function open(bytes: Uint8Array, graph: EncoderInterface): Promise<StreamingEncoder> {
  const model = { path: "encoder.onnx", bytes, directory: "." };
  const session = await OnnxSession.open(model, { threads: 1 });
  const caches = graph.caches!;
  const [channelRows, channelWidth] = [caches.channelRows!, caches.channelWidth!];
  return new StreamingGraphEncoder(session, {
    graph: { ...graph, caches, dropExtra: "drop_extra" },
    shape: { ...sizes, channelRows, channelWidth },
    mels: 128,
    rightContexts: [],
    device: null,
  });
}

/** The same model as exported by NeMo and as rebuilt. */
async function both(model: OnnxModel, rightContext = 1) {
  const names = { file: "encoder.onnx", signal: "audio_signal", length: "length" };
  const rebuilt = await rebuild(model, rightContext);
  return {
    theirs: await open(patchDropExtra(encodeModel(model), names)!, interfaceOf(model)),
    ours: await open(rebuilt!.bytes, rebuilt!.graph),
  };
}

async function expectSame(model: OnnxModel, rightContext = 1): Promise<void> {
  const { theirs, ours } = await both(model, rightContext);
  const expected = await streamThrough(theirs, logMel, { rightContext });
  const found = await streamThrough(ours, logMel, { rightContext });
  expect(largestDifference(joined(found), joined(expected))).toBeLessThan(3e-5);
  const [last, expectedLast] = [found.at(-1)!, expected.at(-1)!];
  expect(largestDifference(last.lastTime, expectedLast.lastTime)).toBeLessThan(3e-5);
  expect(found.map(({ frames }) => frames)).toEqual(expected.map(({ frames }) => frames));
  expect(last.lastChannelLength).toBe(expectedLast.lastChannelLength);
}

/** Run of several streams, each after a different step. */
async function runTogether(encoder: StreamingEncoder, pasts: readonly RecordedStep[]) {
  const steps = pasts.map(({ lastChannel, lastTime, lastChannelLength }, index) => {
    const past = { lastChannel, lastTime, lastChannelLength: BigInt64Array.of(lastChannelLength) };
    const start = 40 * index;
    return nextStep(encoder, past, cut(logMel, start, start + 25), { frames: 25, dropExtra: 2 });
  });
  const join = (name: "signal" | "lastChannel" | "lastTime") =>
    Float32Array.from(steps.flatMap((step) => Array.from(step[name])));
  const { encoded } = await encoder.run({
    ...steps[0]!,
    batch: steps.length,
    signal: join("signal"),
    // The second stream ends within the chunk.
    lengths: BigInt64Array.of(25n, 20n, 25n),
    lastChannel: join("lastChannel"),
    lastTime: join("lastTime"),
    lastChannelLength: BigInt64Array.from(pasts, (past) => past.lastChannelLength),
  });
  return Float32Array.from(encoded.flatMap((block) => Array.from(block.data)));
}

describe("rebuiltEncoder", () => {
  it.each([0, 1, 6, 13])("equals NeMo's graph, with a right context of %i", async (frames) => {
    await expectSame(exported(withRightContext(frames)), frames);
  });

  it.each<[string, readonly Change[]]>([
    ["biases and scaled input", [withBiases, withScaledInput]],
    ["batch norms", [withBatchNorms]],
    ["biases and batch norms", [withBiases, withBatchNorms]],
  ])("rebuilds an export with %s", async (_, changes) => {
    await expectSame(exported(...changes));
  });

  it("runs streams with different pasts together, one of which ends", async () => {
    const { theirs, ours } = await both(exported());
    const [expected, found] = await Promise.all(
      [theirs, ours].map(async (encoder) => {
        const steps = await streamThrough(encoder, logMel, { rightContext: 1 });
        return runTogether(encoder, [steps[0]!, steps[9]!, steps[19]!]);
      }),
    );
    expect(largestDifference(found!, expected!)).toBeLessThan(3e-5);
  });

  it("leaves external weights in their file", async () => {
    const model = exported();
    let offset = 0;
    const initializers = model.graph.initializers.map((tensor) => {
      const length = tensor.data instanceof Uint8Array ? tensor.data.length : 0;
      offset += length;
      return { ...tensor, data: { location: "encoder.data", offset: offset - length, length } };
    });
    const rebuilt = await rebuild({ ...model, graph: { ...model.graph, initializers } });
    const { graph } = decodeModel(rebuilt!.bytes, "rebuilt");
    const inside = graph.initializers.filter(({ data: held }) => held instanceof Uint8Array);
    expect(inside.length).toBeLessThan(graph.initializers.length / 2);
    expect(inside.every(({ name }) => /^(?:positions|float_|ints?_)/.test(name))).toBe(true);
    expect(graph.nodes.length).toBeLessThan(model.graph.nodes.length / 4);
  });

  it("does not rebuild graphs that differ from such an export", async () => {
    const prompted = exported();
    const prompt = { name: "prompt_index", elementType: "int64", dims: ["batch"] } as const;
    const half = (tensor: OnnxModel["graph"]["initializers"][number]) => ({
      ...tensor,
      elementType: "float16" as const,
    });
    const withWeights = (change: (weights: OnnxModel["graph"]["initializers"]) => typeof weights) =>
      ((model) => ({
        ...model,
        graph: { ...model.graph, initializers: change(model.graph.initializers) },
      })) satisfies Change;
    const withOperator =
      (from: string, to: string): Change =>
      (model) =>
        changeNodes(model, (node) =>
          node.operator === from ? { nodes: [{ ...node, operator: to }] } : null,
        );
    const others = [
      { ...prompted, graph: { ...prompted.graph, inputs: [...prompted.graph.inputs, prompt] } },
      exported(withWeights((weights) => weights.map(half))),
      exported(
        withWeights((weights) => weights.filter(({ name }) => !name.includes("pos_bias_v"))),
      ),
      exported(withWeights((weights) => [...weights, { ...weights[0]!, name: "head.weight" }])),
      exported(withOperator("Relu", "Tanh")),
      exported(withOperator("Sigmoid", "HardSigmoid")),
      exported((model) => changeNodes(model, (node) => ({ nodes: [{ ...node, name: "" }] }))),
    ];
    expect(await Promise.all(others.map((model) => rebuild(model)))).toEqual(
      others.map(() => null),
    );
  });
});

describe.skipIf(!existsSync(wide))("an export with NeMo's own file names", () => {
  it("equals NeMo's graph, with a right context of 13", async () => {
    await expectSame(decodeModel(readFileSync(wide), "encoder-model.onnx"), 13);
  });
});
