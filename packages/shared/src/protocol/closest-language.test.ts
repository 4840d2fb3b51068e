import { expect, it } from "vitest";
import { closestLanguage } from "./closest-language";

it.each([
  ["de", ["en", "de"], "de"],
  ["DE-at", ["en", "de"], "de"],
  ["pt_br", ["pt", "pt-BR"], "pt-BR"],
  ["pt-PT", ["pt-BR", "pt"], "pt"],
  ["de", ["en-US", "de-DE", "de-CH"], "de-DE"],
  ["den", ["en", "de"], undefined],
  ["fr", [], undefined],
])("finds %s among %j", (wanted, languages, found) => {
  expect(closestLanguage(wanted, languages)).toBe(found);
});
