import { describe, expect, it } from "vitest";
import { findLanguage, findVoice } from "./find-voice";

const voices = ["John", "Sofia", "Aria"];
const languages = ["en", "es", "pt-BR"];

describe("findVoice", () => {
  it("knows names in any case, and places", () => {
    expect(findVoice("aria", voices)).toBe("Aria");
    expect(findVoice("0", voices)).toBe("John");
  });

  it("tells which voices there are", () => {
    for (const wanted of ["nobody", "3", "-1", ""]) {
      expect(() => findVoice(wanted, voices)).toThrow(/wanted: John, Sofia, Aria/u);
    }
  });
});

describe("findLanguage", () => {
  it("knows tags in any case, and passes over a region that nobody speaks", () => {
    expect(findLanguage("EN", languages)).toBe("en");
    expect(findLanguage("en-GB", languages)).toBe("en");
    expect(findLanguage("pt_br", languages)).toBe("pt-BR");
  });

  it("never takes another language instead", () => {
    expect(() => findLanguage("zh", languages)).toThrow(/wanted: en, es, pt-BR/u);
    expect(() => findLanguage("pt-PT", languages)).toThrow();
  });
});
