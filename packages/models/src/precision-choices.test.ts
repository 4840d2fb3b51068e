import { expect, it } from "vitest";
import { precisionChoices } from "./precision-choices";
import { findEntry } from "./registry/registry";

it("lists the usual format first, with what each takes", () => {
  const facts = { checkpointBytes: 1_000, conversions: [], usual: "int8" } as const;
  const choices = precisionChoices(findEntry("magpie-v2607")!, facts);
  expect(choices.map(({ precision }) => precision)).toEqual([
    ...["int8", "fp32", "int8-dynamic", "int4", "fp16"],
  ]);
  expect(choices[0]).toEqual({ precision: "int8", runBytes: 286, isPrepared: false });
  expect(precisionChoices(findEntry("kokoro")!, facts)).toEqual([]);
});
