import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseDocument, stringify } from "yaml";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { convertCodec } from "./convert-codec";
import { codecManifestSchema } from "./magpie-manifest";

const file = fileURLToPath(new URL("../../fixtures/magpie/codec/model.nemo", import.meta.url));

let parent = "";
let directory = "";
let checkpoint: Checkpoint;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "parley-convert-"));
  directory = join(parent, "codec");
  checkpoint = await openCheckpoint(file);
});
afterEach(async () => {
  await checkpoint.close();
  await rm(parent, { recursive: true, force: true });
});

function convert(changes: Readonly<Record<string, unknown>> = {}) {
  const document = parseDocument(stringify(checkpoint.config));
  for (const [path, value] of Object.entries(changes)) document.setIn(path.split("."), value);
  const { file, tensors, members } = checkpoint;
  const readMember = (name: string) => checkpoint.readMember(name);
  const close = () => Promise.resolve();
  const config: unknown = document.toJS();
  const changed = { file, tensors, members, config, readMember, close };
  return convertCodec({ checkpoint: changed, directory });
}

describe("convertCodec", () => {
  it("writes the decoder and returns its manifest", async () => {
    const manifest = await convert();
    expect(manifest).toMatchObject({
      type: "nano-codec",
      name: "model",
      sampleRate: 22_050,
      samplesPerFrame: 1_024,
      codebooks: 8,
      codes: 504,
    });
    expect(manifest.states).toHaveLength(97);
    expect(manifest.states[0]).toEqual([1, 32, 6]);
    const written: unknown = JSON.parse(await readFile(join(directory, "parley.json"), "utf8"));
    expect(codecManifestSchema.parse(written)).toEqual(manifest);
    const files = (await readdir(directory)).sort();
    expect(files).toEqual(["codec.onnx", "codec.onnx.data", "parley.json"]);
  });

  it("names every unsupported value of the configuration", async () => {
    const error = await convert({
      "audio_decoder.activation": "elu",
      "audio_decoder.output_activation": "tanh",
      "audio_decoder._target_": "nemo.HiFiGANDecoder",
      "vector_quantizer._target_": "nemo.ResidualVectorQuantizer",
    }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "unsupported" });
    for (const part of ['activation is "elu"', '"tanh"', "HiFiGANDecoder", "ResidualVector"]) {
      expect(String(error)).toContain(part);
    }
    expect(await readdir(parent)).toEqual([]);
  });

  it.each([
    [{ samples_per_frame: 512 }, "samples_per_frame is 512, not 1024"],
    [{ "vector_quantizer.num_groups": 4 }, "audio_decoder.input_dim is 32 for 16 dimensions"],
    [{ "audio_decoder.n_groups_equal_to_out_channels": false }, "is ["],
    [{ "audio_decoder.base_channels": 48 }, "audio_decoder.pre_conv.conv.bias is ["],
    [{ "audio_decoder.resblock_dilation_sizes": [1, 3] }, "is unexpected"],
  ])(
    "refuses a configuration that contradicts the weights or itself: %j",
    async (changes, part) => {
      await expect(convert(changes)).rejects.toMatchObject({
        code: "mismatch",
        message: expect.stringContaining(part) as string,
      });
    },
  );
});
