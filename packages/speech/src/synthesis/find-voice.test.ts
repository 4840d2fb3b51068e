import { describe, expect, it } from "vitest";
import { findLanguage, findVoice } from "./find-voice";

const voices = ["John", "Sofia", "Aria"];
const languages = ["en", "es", "pt-BR"];

describe("findVoice", () => {
  it("finds names in any case, and indices", () => {
    expect(findVoice("aria", voices)).toBe("Aria");
    expect(findVoice("0", voices)).toBe("John");
  });

  it("prefers a name to an index, and an exact name to one in another case", () => {
    expect(findVoice("1", ["2", "1", "x"])).toBe("1");
    expect(findVoice("b", ["B", "b"])).toBe("b");
  });

  it("takes the first voice when none is wanted", () => {
    expect(findVoice(undefined, voices)).toBe("John");
    expect(findLanguage(undefined, languages)).toBe("en");
    expect(() => findVoice(undefined, [])).toThrow("voice");
  });

  it("names the known voices", () => {
    for (const wanted of ["nobody", "3", "-1", ""]) {
      expect(() => findVoice(wanted, voices)).toThrow(/wanted: John, Sofia, Aria/u);
    }
  });
});

describe("findLanguage", () => {
  it("finds tags in any case, and ignores an unknown region", () => {
    expect(findLanguage("EN", languages)).toBe("en");
    expect(findLanguage("en-GB", languages)).toBe("en");
    expect(findLanguage("pt_br", languages)).toBe("pt-BR");
  });

  it("never takes another language instead", () => {
    expect(() => findLanguage("zh", languages)).toThrow(/wanted: en, es, pt-BR/u);
    expect(() => findLanguage("pt-PT", languages)).toThrow();
  });
});
