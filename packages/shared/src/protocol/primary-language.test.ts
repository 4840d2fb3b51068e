import { expect, it } from "vitest";
import { primaryLanguage } from "./primary-language";

it.each([
  ["pt-BR", "pt"],
  ["PT_br", "pt"],
  ["de", "de"],
  ["", ""],
])("of %j is %j", (tag, expected) => {
  expect(primaryLanguage(tag)).toBe(expected);
});
