import { describe, expect, it } from "vitest";
import { chooseLanguage } from "./choose-language";

const languages = new Map([
  ["en-US", 0],
  ["de-DE", 3],
  ["auto", 7],
]);

describe("languageOf", () => {
  it.each([
    ["de-DE", 3],
    ["de", 3],
    ["en-GB", 0],
    [undefined, 7],
  ])("finds the prompt of %s", (wanted, index) => {
    expect(chooseLanguage(languages, wanted)).toBe(index);
  });

  it("ignores the language for a model without prompts", () => {
    expect(chooseLanguage(null, "fr")).toBe(0);
  });

  it("names the model's languages in the error", () => {
    expect(() => chooseLanguage(languages, "fr")).toThrow(
      "fr is not one of the model's: en-US, de-DE",
    );
  });
});
