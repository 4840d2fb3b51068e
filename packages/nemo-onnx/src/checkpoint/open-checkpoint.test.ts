import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { buildTar } from "../archive/testing/build-tar";
import { joinPieces } from "../archive/testing/sparse-source";
import { TemporaryFolder } from "../archive/testing/temporary-folder";
import { openSafetensors } from "../safetensors/open-safetensors";
import { openCheckpoint } from "./open-checkpoint";
import { buildWeights } from "./testing/build-weights";

const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const shared = fileURLToPath(new URL("../../../../../shared/fixtures/", import.meta.url));
const folder = new TemporaryFolder();

const weights = joinPieces(
  buildWeights({
    tensors: { weight: { stored: 2, shape: [2], strides: [1] } },
    storages: { "0": new Uint8Array(Float32Array.of(1, 2).buffer) },
  }),
);
const config = { path: "./model_config.yaml", content: "target: x" };
const small = [
  { path: "./", type: "5" },
  { path: "./abc_vocab.txt", content: "vocabulary" },
  config,
  { path: "./model_weights.ckpt", content: weights },
];

/** `name type [shape]` lines, as NeMo lists its own state dict. */
function recordedTensors(file: string): string[] {
  const tensor = /^\S+ (?:float32|int32|int64) \[[\d, ]*\]$/;
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => tensor.test(line));
}

async function listTensors(file: string): Promise<string[]> {
  const checkpoint = await openCheckpoint(file);
  await checkpoint.close();
  return [...checkpoint.tensors.values()].map(
    ({ name, elementType, shape }) => `${name} ${elementType} [${shape.join(", ")}]`,
  );
}

describe("openCheckpoint", () => {
  it("opens a checkpoint that NeMo saved", async () => {
    const file = join(fixtures, "eou-like.nemo");
    expect(await listTensors(file)).toEqual(
      recordedTensors(join(fixtures, "eou-like.tensors.txt")),
    );
    const checkpoint = await openCheckpoint(file);
    expect(checkpoint.file).toBe(file);
    expect(checkpoint.config).toMatchObject({
      preprocessor: { features: 128, normalize: "NA", dither: 1e-5 },
      tokenizer: { model_path: "nemo:1e8c21ed7e31479a9f77b2b2f9aa9f43_tokenizer.model" },
      joint: { num_classes: 128 },
    });
    expect(checkpoint.members).toEqual([
      "1e8c21ed7e31479a9f77b2b2f9aa9f43_tokenizer.model",
      "bf8027cbddcc40ceb1338e8a8ae1a447_tokenizer.vocab",
      "fc20a7504bfc4076986ec557138f2cbf_vocab.txt",
    ]);
    await checkpoint.close();
  });

  it("reads the values that Python's pickle module reads", async () => {
    const checkpoint = await openCheckpoint(join(fixtures, "eou-like.nemo"));
    const hash = createHash("sha256");
    for (const tensor of checkpoint.tensors.values()) {
      hash.update(new Uint8Array((await tensor.read()).buffer));
    }
    await checkpoint.close();
    // SHA-256 of all values in order, read with zipfile and pickle (see the fixtures' README).
    expect(hash.digest("hex")).toBe(
      "2c93759cdba7727a2eedc0d8e2831e28136c918d4376b7e5ed6e3593da03d2d4",
    );
  });

  it("reads members by any spelling of their names", async () => {
    const checkpoint = await openCheckpoint(folder.write("members.nemo", buildTar(small)));
    expect(checkpoint.members).toEqual(["abc_vocab.txt"]);
    for (const name of ["abc_vocab.txt", "nemo:abc_vocab.txt", "./abc_vocab.txt"]) {
      expect(Buffer.from(await checkpoint.readMember(name)).toString()).toBe("vocabulary");
    }
    await expect(checkpoint.readMember("nemo:other")).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringMatching(/members.nemo has no other/) as unknown,
    });
    await expect(checkpoint.readMember("../abc_vocab.txt")).rejects.toMatchObject({
      code: "refused",
    });
    await checkpoint.close();
    await checkpoint.close();
  });

  it("opens a gzipped archive and a folder", async () => {
    const unpacked = join(folder.path, "unpacked");
    mkdirSync(unpacked);
    folder.write("unpacked/model_config.yaml", config.content);
    folder.write("unpacked/model_weights.ckpt", weights);
    for (const path of [folder.write("packed.nemo", gzipSync(buildTar(small))), unpacked]) {
      const checkpoint = await openCheckpoint(path);
      expect(checkpoint.config).toEqual({ target: "x" });
      expect([...(await checkpoint.tensors.get("weight")!.read())]).toEqual([1, 2]);
      await checkpoint.close();
    }
  });

  it.each([
    ["configuration", "malformed", "has no model_config.yaml", [small[3]!]],
    ["weights", "malformed", "has no model_weights.ckpt", [config]],
    ["valid YAML", "refused", "itself", [{ ...config, content: "a: &a [*a]" }, small[3]!]],
    ["valid weights", "malformed", "zip", [config, { path: "model_weights.ckpt", content: "x" }]],
  ])("refuses an archive without %s", async (name, code, message, members) => {
    const file = folder.write(`${name}.nemo`, buildTar(members));
    await expect(openCheckpoint(file)).rejects.toMatchObject({ name: "ModelError", code });
    await expect(openCheckpoint(file)).rejects.toThrow(message);
    await expect(openCheckpoint(file)).rejects.toThrow(file);
  });
});

describe.skipIf(!existsSync(shared))("openCheckpoint on the larger reference set", () => {
  const references = existsSync(shared)
    ? readdirSync(shared, { recursive: true, encoding: "utf8" }).filter((file) =>
        /\bmodel\.nemo$/.test(file),
      )
    : [];

  it.each(references)("lists the tensors that NeMo lists: %s", async (reference) => {
    const recorded = recordedTensors(join(shared, reference, "..", "tensors.txt"));
    expect(recorded.length).toBeGreaterThan(80);
    expect(await listTensors(join(shared, reference))).toEqual(recorded);
  });

  it.each([
    [128, "nemotron-like"],
    [128, "parakeet-tdt-like"],
    [80, "parakeet-rnnt-like-tt"],
    [80, "hybrid-ctc"],
  ])("reads the filterbank of %i mels and the window bit for bit: %s", async (mels, model) => {
    const features = await openSafetensors(join(shared, `asr/features/mel${mels}.safetensors`));
    const checkpoint = await openCheckpoint(join(shared, `asr/models/${model}/model.nemo`));
    for (const [stored, recorded] of [
      ["fb", "filterbank"],
      ["window", "window"],
    ]) {
      const values = await checkpoint.tensors.get(`preprocessor.featurizer.${stored}`)!.read();
      expect(values).toEqual(await features.tensors.get(recorded!)!.read());
    }
    await checkpoint.close();
    await features.close();
  });
});
