/** An input as the corpus keeps it: JSON, with bytes as `{"$bytes": base64}`. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const bytesKey = "$bytes";

export function toJson(value: unknown): Json {
  if (value instanceof Uint8Array) return { [bytesKey]: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
  }
  const isPlain = ["boolean", "number", "string"].includes(typeof value);
  return isPlain ? (value as boolean | number | string) : null;
}

export function fromJson(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (isList(json)) return json.map(fromJson);
  const bytes = json[bytesKey];
  if (typeof bytes === "string") return new Uint8Array(Buffer.from(bytes, "base64"));
  return Object.fromEntries(Object.entries(json).map(([key, part]) => [key, fromJson(part)]));
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
