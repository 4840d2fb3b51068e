import { plainLine } from "@parley/shared/protocol/plain-text";

/** Arguments of a call on one line for people: "12 inch to cm", "seconds: 300, label: tea". */
export function requestText(input: unknown): string {
  if (typeof input !== "object" || input === null) return valueText(input);
  const parts = Object.entries(input).filter(([, value]) => value !== undefined);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return valueText(only[1]);
  return parts.map(([name, value]) => `${plainLine(name)}: ${valueText(value)}`).join(", ");
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return plainLine(typeof value === "string" ? value : JSON.stringify(value));
}
