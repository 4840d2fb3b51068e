import { expect, it } from "vitest";
import { allSettings } from "./all-settings";
import { findMisspeltNames } from "./misspelt-names";

const known = Object.keys(allSettings);

it.each([
  ["RECOGNISER_MODEL", "RECOGNIZER_MODEL"],
  ["MEDIA_PORTS", "MEDIA_PORT"],
  ["SYNTHESISER_URL", "SYNTHESIZER_URL"],
  ["OPREATOR_KEY", "OPERATOR_KEY"],
  ["PROT", "PORT"],
  ["Llm_Base_Url", "LLM_BASE_URL"],
])("%s is probably %s", (name, meant) => {
  expect(findMisspeltNames([name], known)).toEqual([{ name, meant }]);
});

it("leaves other programs' variables alone", () => {
  const others = ["HOME", "PATH", "PWD", "USER", "SHELL", "TERM", "LANG", "TMP", "NODE_ENV"];
  const alike = ["HOSTNAME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "HF_XET_CACHE"];
  expect(findMisspeltNames([...others, ...alike], known)).toEqual([]);
});

it("leaves right names alone, though they resemble others", () => {
  expect(findMisspeltNames(known, known)).toEqual([]);
});
