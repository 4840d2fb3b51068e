import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadAsrModel } from "./load-asr-model";
import { GraphVariant } from "./testing/graph-variants";

const fixtures = fileURLToPath(new URL("../fixtures/models/", import.meta.url));
const sherpa = join(fixtures, "nemotron-like");
const tdt = join(fixtures, "parakeet-tdt-like");

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "parley-refused-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function copy(from: string, files: readonly string[]): void {
  for (const file of files) copyFileSync(join(from, file), join(directory, file));
}

const sherpaFiles = ["encoder.onnx", "decoder.onnx", "joiner.onnx", "tokens.txt"];
const tdtFiles = ["encoder-model.onnx", "decoder_joint-model.onnx", "vocab.txt", "config.json"];

/** Parts of the error message that loading rejects with. */
async function problems(path = directory): Promise<string[]> {
  const error = await loadAsrModel(path, { threads: 1, providers: ["cpu"] }).then(
    () => new TypeError("it was loaded"),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: "model-mismatch" });
  return error instanceof Error ? error.message.split("; ") : [];
}

describe("loadAsrModel", () => {
  it("rejects a missing folder, and names every missing file", async () => {
    expect(await problems(join(directory, "nowhere"))).toEqual([
      expect.stringContaining("is not a folder with a model"),
    ]);
    copy(sherpa, ["joiner.onnx"]);
    expect((await problems()).map((line) => line.replace(/^parley-\S+/, "folder"))).toEqual([
      "folder has no encoder.onnx",
      "folder has a joiner.onnx, but no decoder.onnx",
      "folder has no vocabulary: tokens.txt, vocab.txt, tokenizer.model or model_config.yaml",
      "no file states the number of mel filters",
      expect.stringContaining("does not state how features are normalised"),
    ]);
  });

  it("names the missing parts of a bare export, and how to supply them", async () => {
    copy(tdt, ["encoder-model.onnx", "decoder_joint-model.onnx"]);
    expect(await problems()).toEqual([
      expect.stringContaining("has no vocabulary"),
      expect.stringContaining("put NeMo's model_config.yaml beside the graphs, or a parley.json"),
    ]);
  });

  it("rejects graphs that are truncated, damaged or no graphs", async () => {
    copy(sherpa, sherpaFiles);
    const whole = readFileSync(join(sherpa, "encoder.onnx"));
    writeFileSync(join(directory, "encoder.onnx"), whole.subarray(0, 1_000_000));
    expect((await problems())[0]).toContain("encoder.onnx is no ONNX model");
    writeFileSync(join(directory, "encoder.onnx"), "Not Found");
    expect((await problems())[0]).toContain("encoder.onnx is no ONNX model");
    writeFileSync(join(directory, "encoder.onnx"), whole.fill(0xff, 700_000, 702_000));
    expect((await problems()).join()).toContain("encoder.onnx");
    writeFileSync(join(directory, "encoder.onnx"), "");
    expect((await problems())[0]).toContain("it holds no graph");
  });

  it("rejects a language input of an offline encoder", async () => {
    copy(tdt, tdtFiles);
    GraphVariant.read(join(tdt, "encoder-model.onnx"))
      .addInput({ name: "prompt_index", elementType: "int64", dims: ["batch"] })
      .write(join(directory, "encoder-model.onnx"));
    expect((await problems())[0]).toBe(
      "encoder-model.onnx: prompt_index of an encoder that is not cache-aware",
    );
  });

  it("rejects a vocabulary of another size, and one with gaps", async () => {
    copy(sherpa, sherpaFiles);
    writeFileSync(join(directory, "tokens.txt"), "a 0\nb 1\n<blk> 2\n");
    expect(await problems()).toEqual([
      "tokens stated and listed: 128 and 2",
      "joint outputs: 129, but 2 tokens and the blank make 3",
    ]);
    const tokens = readFileSync(join(sherpa, "tokens.txt"), "utf8");
    writeFileSync(join(directory, "tokens.txt"), tokens.replace(/^.* 64\n/m, ""));
    expect(await problems()).toEqual([expect.stringMatching(/^tokens\.txt: .*line 65/)]);
  });

  it("rejects parts of different models, naming each difference", async () => {
    copy(sherpa, ["encoder.onnx", "tokens.txt"]);
    copy(tdt, ["decoder_joint-model.onnx"]);
    expect(await problems()).toEqual(["joint outputs: 134, but 128 tokens and the blank make 129"]);
  });

  it("rejects widths, caches and metadata that contradict each other", async () => {
    copy(sherpa, sherpaFiles);
    GraphVariant.read(join(sherpa, "joiner.onnx"))
      .declare("encoder_outputs", { dims: ["batch", 640, "time"] })
      .declare("decoder_outputs", { dims: ["batch", 320, "time"] })
      .write(join(directory, "joiner.onnx"));
    GraphVariant.read(join(sherpa, "encoder.onnx"))
      .declare("cache_last_time", { dims: ["batch", 4, 96, 8] })
      .metadata({ window_size: "65", feat_dim: "80", normalize_type: "per_feature" })
      .write(join(directory, "encoder.onnx"));
    expect(await problems()).toEqual([
      "layers of cache_last_channel and cache_last_time: 3 and 4",
      "widths of joint input and prediction network: 320 and 64",
      "widths of joint input and encoder: 640 and 96",
      "mel filters: 128 in the graph of encoder.onnx, 80 in the metadata of encoder.onnx",
      "a cache-aware encoder cannot be fed features normalised over the whole sound",
      "right context: 1 in the graph of encoder.onnx, 6 in the metadata of encoder.onnx",
    ]);
  });

  it("rejects a channel cache that holds neither inputs nor keys and values", async () => {
    copy(sherpa, sherpaFiles);
    GraphVariant.read(join(sherpa, "encoder.onnx"))
      .declare("cache_last_channel", { dims: ["batch", 3, 70, 288] })
      .metadata({ window_size: "25", normalize_type: "NA" })
      .write(join(directory, "encoder.onnx"));
    expect(await problems()).toEqual([
      "cache_last_channel keeps 3 times 288 values of a frame, with 3 layers of a width of 96",
    ]);
  });

  it("rejects half-precision inputs and broken sidecar files", async () => {
    copy(tdt, tdtFiles);
    GraphVariant.read(join(tdt, "encoder-model.onnx"))
      .declare("audio_signal", { elementType: "float16" })
      .write(join(directory, "encoder-model.onnx"));
    writeFileSync(join(directory, "parley.json"), "{");
    expect(await problems()).toEqual([
      "audio_signal of encoder-model.onnx is float16, where only float32 can be run",
      expect.stringMatching(/^parley\.json: /),
    ]);
  });
});
