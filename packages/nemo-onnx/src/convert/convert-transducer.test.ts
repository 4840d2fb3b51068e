import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { openSafetensors } from "../safetensors/open-safetensors";
import { convertTransducer } from "./convert-transducer";
import { modelManifestSchema } from "./model-manifest";
import { withConfig, withTensors } from "./testing/changed-checkpoint";

const file = fileURLToPath(new URL("../../../../models/builtin/builtin.nemo", import.meta.url));

let parent = "";
let directory = "";
let builtin: Checkpoint;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "parley-convert-"));
  directory = join(parent, "model");
  builtin = await openCheckpoint(file);
});
afterEach(async () => {
  await builtin.close();
  await rm(parent, { recursive: true, force: true });
});

function convert(checkpoint: Checkpoint, options: { signal?: AbortSignal } = {}) {
  return convertTransducer({ checkpoint, directory, precision: "fp32", ...options });
}

describe("convertTransducer", () => {
  it("writes all files of the model and returns its manifest", async () => {
    const progress: number[] = [];
    const manifest = await convertTransducer({
      checkpoint: builtin,
      directory,
      precision: "fp32",
      onProgress: ({ writtenBytes, totalBytes }) => progress.push(writtenBytes / totalBytes),
    });
    expect(manifest).toEqual({
      format: 1,
      name: "builtin",
      source: { file: "builtin.nemo", sha256: null },
      features: { mels: 80, normalization: "none" },
      encoder: { type: "streaming", leftContext: 70, rightContexts: [1, 6] },
      durations: null,
      precision: "fp32",
    });
    const written: unknown = JSON.parse(await readFile(join(directory, "parley.json"), "utf8"));
    expect(modelManifestSchema.parse(written)).toEqual(manifest);
    expect((await readdir(directory)).sort()).toEqual([
      "decoder_joint.onnx",
      "decoder_joint.onnx.data",
      "encoder.onnx",
      "encoder.onnx.data",
      "parley.json",
      "preprocessor.safetensors",
      "tokenizer.model",
      "tokens.txt",
    ]);
    expect(await readdir(parent)).toEqual(["model"]);
    expect(progress.at(-1)).toBe(1);

    const { tensors, close } = await openSafetensors(join(directory, "preprocessor.safetensors"));
    for (const [name, original, shape] of [
      ["filterbank", "preprocessor.featurizer.fb", [80, 257]],
      ["window", "preprocessor.featurizer.window", [400]],
    ] as const) {
      expect(tensors.get(name)?.shape).toEqual(shape);
      expect(await tensors.get(name)?.read()).toEqual(await builtin.tensors.get(original)?.read());
    }
    await close();
  });

  it("names every unsupported value of the configuration", async () => {
    const checkpoint = withConfig(builtin, {
      "encoder.self_attention_model": "abs_pos",
      "encoder.subsampling": "striding",
      "encoder.conv_norm_type": "group_norm",
      "joint.jointnet.activation": "tanh",
      "preprocessor.n_fft": 1_024,
      target: "nemo.collections.asr.models.EncDecCTCModelBPE",
    });
    const error = await convert(checkpoint).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unsupported" });
    for (const part of [
      'encoder.self_attention_model is "abs_pos"',
      'encoder.subsampling is "striding"',
      'encoder.conv_norm_type is "group_norm"',
      'joint.jointnet.activation is "tanh"',
      "preprocessor.n_fft is 1024",
      "EncDecCTCModelBPE",
    ]) {
      expect(String(error)).toContain(part);
    }
    expect(await readdir(parent)).toEqual([]);
  });

  it.each([
    [{ "encoder.att_context_style": "regular" }, "only unlimited context"],
    [{ "encoder.att_context_size": [70, 2] }, "[[70,2]]; chunked_limited needs one left context"],
    [{ "encoder.causal_downsampling": false }, "the other layers are not all causal"],
    [{ "encoder.conv_context_size": [4, 3] }, "4, 3 for a kernel of 9"],
    [{ "encoder.conv_context_size": null, "encoder.conv_kernel_size": 8 }, "for a kernel of 8"],
    [{ "encoder.n_heads": 5 }, "which 5 heads do not divide"],
    [{ "joint.num_extra_outputs": 5 }, "num_extra_outputs is 5 and decoding.durations.length is 0"],
    [{ "preprocessor.features": 128 }, "preprocessor.features is 128 and encoder.feat_in is 80"],
  ])("refuses a configuration that contradicts itself: %j", async (changes, message) => {
    await expect(convert(withConfig(builtin, changes))).rejects.toMatchObject({
      code: "mismatch",
      message: expect.stringContaining(message) as string,
    });
  });

  it("names all tensors that are missing, unexpected or misshapen", async () => {
    const checkpoint = withTensors(builtin, (tensors) => {
      const norm = tensors.get("encoder.layers.0.norm_out.weight")!;
      tensors.delete("encoder.layers.0.norm_out.weight");
      tensors.set("encoder.layers.0.norm_out.scale", norm);
      tensors.set("joint.enc.bias", { ...norm, shape: [144] });
    });
    await expect(convert(checkpoint)).rejects.toMatchObject({
      code: "mismatch",
      message:
        `${file}: encoder.layers.0.norm_out.weight is missing; ` +
        "joint.enc.bias is [144], not [160]; encoder.layers.0.norm_out.scale is unexpected",
    });
    expect(await readdir(parent)).toEqual([]);
  });

  it("leaves no files behind when it is aborted or cannot read", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    const name = "joint.joint_net.2.weight";
    const tensor = builtin.tensors.get(name)!;
    const abortsLate = withTensors(builtin, (tensors) => {
      const read = () => {
        abort.abort(reason);
        return tensor.read();
      };
      tensors.set(name, { ...tensor, read });
    });
    await expect(convert(abortsLate, { signal: abort.signal })).rejects.toBe(reason);
    const failsLate = withTensors(builtin, (tensors) => {
      tensors.set(name, { ...tensor, read: () => Promise.reject(reason) });
    });
    await expect(convert(failsLate)).rejects.toBe(reason);
    expect(await readdir(parent)).toEqual([]);
  });

  it("refuses a folder that is not empty", async () => {
    await writeFile(join(parent, "mine.txt"), "");
    await expect(
      convertTransducer({ checkpoint: builtin, directory: parent, precision: "fp32" }),
    ).rejects.toMatchObject({ code: "refused" });
    expect(await readdir(parent)).toEqual(["mine.txt"]);
  });
});
