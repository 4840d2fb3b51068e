import { describe, expect, it } from "vitest";
import { adaptBuildDescription, dealOut, patchHandshake } from "./worker-sources.mjs";

describe("dealing out the sources", () => {
  it("keeps them all and separates neighbours", () => {
    const cards = Array.from({ length: 30 }, (_, index) => index);
    const dealt = dealOut(cards, 13);
    expect([...dealt].sort((a, b) => a - b)).toEqual(cards);
    expect(dealt.slice(0, 4)).toEqual([0, 3, 6, 9]);
  });
});

describe("adapting the worker's sources", () => {
  const description = [
    "project('mediasoup-worker',",
    "  meson_version: '>= 1.1.0',",
    ")",
    "common_sources = [",
    ...Array.from({ length: 20 }, (_, index) => `  'src/${index}.cpp',`),
    "]",
    "",
  ].join("\n");

  it("lowers the required meson version and reorders the sources", () => {
    const adapted = adaptBuildDescription(description);
    expect(adapted).toContain("meson_version: '>= 1.0.0'");
    expect(adapted).toContain("common_sources = [\n  'src/0.cpp',\n  'src/2.cpp',\n");
    expect(adapted).toContain("  'src/19.cpp',\n]\n");
  });

  it("tests the flag of the handshake's callback", () => {
    const source = "const long result = (operationType == BIO_CB_RETURN) ? ret : 1;";
    expect(patchHandshake(source)).toBe(
      "const long result = ((operationType & BIO_CB_RETURN) != 0) ? ret : 1;",
    );
  });

  it("says what it looked for when mediasoup's sources have changed", () => {
    expect(() => patchHandshake("something else")).toThrow("BIO_CB_RETURN in DtlsTransport.cpp");
    expect(() => adaptBuildDescription("project()")).toThrow("the required meson version");
  });
});
