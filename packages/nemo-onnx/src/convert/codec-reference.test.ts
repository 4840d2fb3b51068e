import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { quantizerTable } from "../graphs/codec/quantizer-table";
import { convertCodec } from "./convert-codec";
import type { CodecManifest } from "./magpie-manifest";
import { decodeStreamed, stateNames } from "./testing/codec-run";
import { GraphSession, largestDifference } from "../onnx/testing/graph-session";
import { ReferenceTensors } from "./testing/reference-tensors";

const recorded = fileURLToPath(new URL("../../fixtures/magpie/codec/", import.meta.url));
const shared = fileURLToPath(new URL("../../../../../shared/fixtures/tts/codec/", import.meta.url));
const codecs = [
  { name: "a codec of 504 codes", folder: recorded },
  { name: "a codec of 2016 codes", folder: shared },
].filter(({ folder }) => existsSync(folder));

describe.each(codecs)("convertCodec, $name against NeMo's own outputs", ({ folder }) => {
  let directory = "";
  let manifest: CodecManifest;
  let codec: GraphSession;
  let reference: ReferenceTensors;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "parley-convert-"));
    const target = join(directory, "codec");
    const checkpoint = await openCheckpoint(join(folder, "model.nemo"));
    manifest = await convertCodec({ checkpoint, directory: target });
    await checkpoint.close();
    codec = await GraphSession.open(target, "codec.onnx");
    reference = await ReferenceTensors.read(join(folder, "codec.safetensors"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each([
    ["in one run", (frames: number) => [frames]],
    ["frame by frame", (frames: number) => new Array<number>(frames).fill(1)],
    ["in growing runs", (frames: number) => [1, 1, 2, 4, 8, 8, frames - 24]],
    ["in odd runs", (frames: number) => [3, 5, 7, 11, frames - 26]],
  ])("decodes %s", async (_, runs) => {
    const codes = reference.of("codes");
    const [, frames = 0] = codes.dims;
    const { audio } = await decodeStreamed(codec, manifest, codes, runs(frames));
    expect(largestDifference(audio, reference.of("audio"))).toBeLessThan(1e-4);
  });

  it.skipIf(folder === recorded)("has the reference's quantiser table", () => {
    expect(quantizerTable([8, 7, 6, 6])).toEqual(reference.of("fsq.table").data);
  });

  it.skipIf(folder === recorded)("returns the states of the reference", async () => {
    const { states } = await decodeStreamed(codec, manifest, reference.of("codes"), [3]);
    const names = stateNames(5, 3, 3);
    expect(names).toHaveLength(states.length);
    for (const [index, name] of names.entries()) {
      const expected = reference.of(`state.${name}`);
      expect(manifest.states[index]).toEqual([1, ...expected.dims]);
      const state = states[index] ?? expected;
      expect(largestDifference(state, expected), name).toBeLessThan(1e-4);
    }
  });
});
