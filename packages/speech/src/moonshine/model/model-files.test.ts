import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtinModel, moonshineModel } from "../../testing/builtin-model";
import { findMoonshineFiles, isMoonshineFolder } from "./model-files";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "moonshine-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const write = (name: string, text = "") => {
  writeFileSync(join(directory, name), text);
};

describe("Moonshine's files", () => {
  it("are those that the card names, byte for byte", async () => {
    const card = readFileSync(join(moonshineModel, "CARD.md"), "utf8");
    const { encoder, decoder } = await findMoonshineFiles(moonshineModel);
    for (const file of [encoder, decoder]) {
      const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
      expect(card).toContain(digest);
    }
  });

  it("are told from a transducer's", async () => {
    expect(await isMoonshineFolder(moonshineModel)).toBe(true);
    expect(await isMoonshineFolder(builtinModel)).toBe(false);
    expect(await isMoonshineFolder(join(directory, "nowhere"))).toBe(false);
  });

  it("may lie in a folder of their own, as the publisher or the hub names them", async () => {
    write("encoder_model_quantized.onnx");
    write("decoder_model_merged_quantized.onnx");
    expect(await isMoonshineFolder(directory)).toBe(true);
    expect(await findMoonshineFiles(directory)).toMatchObject({
      encoder: join(directory, "encoder_model_quantized.onnx"),
    });
    write("encoder_model.onnx");
    expect(await findMoonshineFiles(directory)).toMatchObject({
      encoder: join(directory, "encoder_model.onnx"),
    });
  });

  it("are missed by name", async () => {
    write("encoder_model.onnx");
    await expect(findMoonshineFiles(directory)).rejects.toMatchObject({
      code: "model-mismatch",
      message: expect.stringContaining("has no decoder_model_merged.onnx") as string,
    });
    const absent = { engine: "moonshine", name: "x", package: "@parley/absent", folder: "x" };
    write("parley.json", JSON.stringify(absent));
    await expect(findMoonshineFiles(directory)).rejects.toThrow("run npm ci");
    write("parley.json", "{");
    await expect(findMoonshineFiles(directory)).rejects.toMatchObject({ code: "model-mismatch" });
  });
});
