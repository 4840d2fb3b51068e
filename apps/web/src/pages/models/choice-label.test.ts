import { expect, it } from "vitest";
import { sampleModel } from "../../testing/model-samples";
import { choiceLabel } from "./choice-label";

it("says of each format what it is good for, which differs between ears and voices", () => {
  const choice = { precision: "int8", runBytes: 330_000_000, isPrepared: false };
  const ear = sampleModel({ name: "ear", job: "hear" });
  const voice = sampleModel({ name: "magpie-v2607", job: "speak", form: "July 2026" });
  expect(choiceLabel(ear, choice)).toMatch(/^8 bit, close to 32 bit · about/);
  expect(choiceLabel(voice, choice)).toMatch(/^July 2026 · 8 bit, quickest · about/);
  expect(choiceLabel(voice, null)).toBe("July 2026");
});
