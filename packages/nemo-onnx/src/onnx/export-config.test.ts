import { describe, expect, it } from "vitest";
import { parseExportConfig } from "./export-config";

describe("parseExportConfig", () => {
  it("reads features, contexts, pieces and durations", () => {
    const text = [
      "preprocessor: { features: 128, normalize: per_feature, window: hann }",
      "encoder: { att_context_size: [70, 1], n_layers: 17 }",
      "joint: { vocabulary: [a, b] }",
      "model_defaults: { tdt_durations: [0, 1, 2] }",
    ].join("\n");
    expect(parseExportConfig(text, "model_config.yaml")).toEqual({
      mels: 128,
      normalization: "per_feature",
      contexts: [[70, 1]],
      pieces: ["a", "b"],
      durations: [0, 1, 2],
      languages: null,
    });
  });

  it("reads [-1, -1] as full attention, and names missing fields", () => {
    const rest = "preprocessor: { features: 80, normalize: null }\njoint: {}";
    const read = parseExportConfig(`encoder: { att_context_size: [-1, -1] }\n${rest}`, "file");
    expect(read).toMatchObject({ contexts: [], normalization: "NA", pieces: null });
    expect(() => parseExportConfig(rest, "model_config.yaml")).toThrow(
      /model_config.yaml.*encoder/s,
    );
  });
});
