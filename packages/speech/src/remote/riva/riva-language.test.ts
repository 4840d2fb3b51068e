import { expect, it } from "vitest";
import { rivaLanguage } from "./riva-language";

it.each([
  [undefined, null, "en-US"],
  [undefined, "fr-FR", "fr-FR"],
  ["de", null, "de-DE"],
  ["de", "de-CH", "de-CH"],
  ["pt", "de-DE", "pt-BR"],
  ["en-GB", "en-US", "en-GB"],
])("names %s, where the setting is %s, as %s", (wanted, setting, named) => {
  expect(rivaLanguage(wanted, setting)).toBe(named);
});
