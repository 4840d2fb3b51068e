import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findModelsDirectory } from "./find-models-directory";

describe("findModelsDirectory", () => {
  it("finds the folder with the built-in model above the program", () => {
    expect(existsSync(join(findModelsDirectory({}), "builtin", "encoder.onnx"))).toBe(true);
  });

  it("takes the folder of PARLEY_MODELS", () => {
    expect(findModelsDirectory({ PARLEY_MODELS: "elsewhere" })).toBe("elsewhere");
  });
});
