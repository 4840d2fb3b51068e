import { describe, expect, it } from "vitest";
import { matchesPattern } from "./matches-pattern";
import { findEntry, registry } from "./registry";

describe("the registry", () => {
  it("has unique names that are easy to type", () => {
    const names = registry.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9.-]+$/u);
    expect(findEntry("parakeet-tdt-v3")?.repository).toBe("nvidia/parakeet-tdt-0.6b-v3");
    expect(findEntry("parakeet")).toBeNull();
  });

  it("requires models that exist, and has valid repository names", () => {
    for (const { needs, repository, files } of registry) {
      for (const name of needs) expect(findEntry(name)).not.toBeNull();
      expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/u);
      expect(files.length).toBeGreaterThan(0);
    }
  });

  // Only the names can show that such a snapshot is complete.
  it("names every file of a model that is pinned to a commit", () => {
    const pinned = registry.filter(({ revision }) => /^[0-9a-f]{40}$/u.test(revision));
    for (const { files } of pinned) expect(files.join()).not.toContain("*");
  });
});

describe("matchesPattern", () => {
  it.each([
    ["model.nemo", "*.nemo", true],
    ["model.nemo.txt", "*.nemo", false],
    ["deep/model.nemo", "*.nemo", false],
    ["encoderXonnx", "encoder.onnx", false],
    ["a-Q4_K_M-00001.gguf", "*Q4_K_M*.gguf", true],
  ])("%s, %s", (path, pattern, expected) => {
    expect(matchesPattern(path, pattern)).toBe(expected);
  });
});
