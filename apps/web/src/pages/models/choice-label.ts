import type { ModelSummary, PrecisionChoice } from "@parley/shared/protocol/models-api";
import { bytesText } from "../../components/quantities";

const precisionTexts: Readonly<Record<string, string>> = {
  fp32: "32 bit, as published",
  fp16: "16 bit, for graphics cards",
  int8: "8 bit, close to 32 bit",
  "int8-dynamic": "8 bit, quickest",
  int4: "4 bit, smallest",
};

/** Voices multiply with few rows at a time, for which other formats are the quick ones. */
const voicePrecisionTexts: Readonly<Record<string, string>> = {
  ...precisionTexts,
  int8: "8 bit, quickest",
  "int8-dynamic": "8 bit, for other runtimes",
  int4: "4 bit, smallest, far from 32 bit",
};

/** A form of a model for a list to choose from. */
export function choiceLabel({ form, job }: ModelSummary, choice: PrecisionChoice | null): string {
  if (choice === null) return capitalized(form ?? "As published");
  const { precision, runBytes } = choice;
  const size = runBytes === null ? null : `about ${bytesText(runBytes)}`;
  const texts = job === "speak" ? voicePrecisionTexts : precisionTexts;
  const parts = [form, texts[precision] ?? precision, size].filter((part) => part !== null);
  return capitalized(parts.join(" · "));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
