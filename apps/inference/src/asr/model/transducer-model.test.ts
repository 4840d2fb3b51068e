import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { DeclaredShape } from "../../runtime/onnx-session";
import { findModelsDirectory } from "../../runtime/models-directory";
import { checkModel, loadTransducerModel } from "./transducer-model";
import { TransducerRecognizer } from "../recognizer/transducer-recognizer";

const builtin = join(findModelsDirectory(), "builtin");

function graphs() {
  const encoder = {
    file: "encoder.onnx",
    inputs: new Map<string, DeclaredShape>([
      ["audio_signal", ["batch", 80, "time"]],
      ["length", ["batch"]],
      ["cache_last_channel", ["batch", 5, 70, 144]],
      ["cache_last_time", ["batch", 5, 144, 8]],
      ["cache_last_channel_len", ["batch"]],
      ["drop_extra", [1]],
    ]),
    outputs: new Map<string, DeclaredShape>([["outputs", ["batch", 144, "frames"]]]),
  };
  const decoderJoint = {
    file: "decoder_joint.onnx",
    inputs: new Map<string, DeclaredShape>([
      ["encoder_outputs", ["batch", 144, "time"]],
      ["targets", ["batch", "steps"]],
      ["target_length", ["batch"]],
      ["input_states_1", [1, "batch", 144]],
      ["input_states_2", [1, "batch", 144]],
    ]),
    outputs: new Map<string, DeclaredShape>([["outputs", ["batch", "time", "steps", 1_025]]]),
  };
  return { encoder, decoderJoint, tokenizer: { size: 1_025 } };
}

function problemsOf({ encoder, decoderJoint, tokenizer }: ReturnType<typeof graphs>): string {
  try {
    checkModel(encoder, decoderJoint, tokenizer);
    return "";
  } catch (error) {
    expect(error).toMatchObject({ code: "model-mismatch" });
    return (error as Error).message;
  }
}

describe("checkModel", () => {
  it("reads the sizes of graphs that fit", () => {
    const { encoder, decoderJoint, tokenizer } = graphs();
    expect(checkModel(encoder, decoderJoint, tokenizer)).toEqual({
      mels: 80,
      layers: 5,
      leftContext: 70,
      width: 144,
      convolutionContext: 8,
      predictorLayers: 1,
      predictorWidth: 144,
    });
  });

  it("names everything that differs", () => {
    const parts = graphs();
    parts.tokenizer.size = 1_024;
    parts.encoder.inputs.set("cache_last_time", ["batch", 6, 144, 8]);
    parts.decoderJoint.inputs.set("encoder_outputs", ["batch", 640, "time"]);
    expect(problemsOf(parts)).toBe(
      "layers of the two encoder caches: 6 and 5; " +
        "encoder widths of joint and encoder: 640 and 144; " +
        "joint outputs and tokens with the blank: 1025 and 1024",
    );
  });

  it("names inputs that are missing and axes that are free", () => {
    const parts = graphs();
    parts.encoder.inputs.delete("drop_extra");
    parts.encoder.inputs.set("audio_signal", ["batch", "mels", "time"]);
    expect(problemsOf(parts)).toBe(
      "axis 1 of audio_signal is not fixed; encoder.onnx has no drop_extra among its inputs",
    );
  });
});

describe("loadTransducerModel", () => {
  it("rejects with model-mismatch when files are missing, damaged or from another model", async () => {
    const directory = await mkdtemp(join(tmpdir(), "parley-model-"));
    try {
      const mismatch = (message: string) =>
        expect(loadTransducerModel(directory, { threads: 1 })).rejects.toMatchObject({
          code: "model-mismatch",
          message: expect.stringContaining(message) as string,
        });
      await cp(join(builtin, "encoder.onnx"), join(directory, "encoder.onnx"));
      await cp(join(builtin, "tokens.txt"), join(directory, "tokens.txt"));
      await mismatch("decoder_joint.onnx cannot be loaded");
      await writeFile(join(directory, "decoder_joint.onnx"), "no graph");
      await mismatch("decoder_joint.onnx cannot be loaded");
      await cp(join(builtin, "decoder_joint.onnx"), join(directory, "decoder_joint.onnx"));
      await writeFile(join(directory, "tokens.txt"), "a 0\n<blk> 1\n");
      await mismatch("joint outputs and tokens with the blank: 1025 and 2");
      await rm(join(directory, "tokens.txt"));
      await mismatch("tokens.txt cannot be read");
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("rejects a right context that does not divide the left one", async () => {
    for (const rightContext of [2, -1, 0.5]) {
      await expect(
        TransducerRecognizer.load({ directory: builtin, rightContext, threads: 1 }),
      ).rejects.toMatchObject({ code: "model-mismatch" });
    }
  });
});
