import type { Json, JsonObject } from "../openapi-document";
import { escapeHtml, withCode } from "./html";

/** A JSON Schema as nested lists: name, type, limits and meaning of each property. */
export function schemaHtml(schema: JsonObject): string {
  const inner = innerHtml(schema);
  return inner === "" ? `<p class="type">${escapeHtml(typeOf(schema))}</p>` : inner;
}

function innerHtml(schema: JsonObject): string {
  const { properties, items, anyOf, oneOf } = schema;
  if (isObject(properties)) return propertiesHtml(properties, schema.required);
  if (isObject(items)) return innerHtml(items);
  const choices = [anyOf, oneOf].find(Array.isArray) as readonly Json[] | undefined;
  const objects = (choices ?? []).filter(isObject).map(innerHtml);
  return objects.filter((html) => html !== "").join('<p class="or">or</p>');
}

function propertiesHtml(properties: JsonObject, required: Json | undefined): string {
  const needed = Array.isArray(required) ? required : [];
  const rows = Object.entries(properties).map(([name, schema]) => {
    if (!isObject(schema)) return "";
    const { description } = schema;
    const meaning = typeof description === "string" ? `<p>${withCode(description)}</p>` : "";
    const mark = needed.includes(name) ? "" : ' <span class="optional">optional</span>';
    const type = `<span class="type">${escapeHtml(typeOf(schema))}</span>`;
    return `<li><code>${escapeHtml(name)}</code> ${type}${mark}${meaning}${innerHtml(schema)}</li>`;
  });
  return `<ul class="schema">${rows.join("")}</ul>`;
}

/** Type and limits in a few words: `string, up to 60 characters, default "Parley"`. */
export function typeOf(schema: JsonObject): string {
  const words = [kindOf(schema), ...limitsOf(schema)];
  if (schema.default !== undefined) words.push(`default ${JSON.stringify(schema.default)}`);
  return words.join(", ");
}

function kindOf(schema: JsonObject): string {
  if (Array.isArray(schema.enum)) {
    return schema.enum.map((value: Json) => JSON.stringify(value)).join(" | ");
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = [schema.anyOf, schema.oneOf].find(Array.isArray) as readonly Json[] | undefined;
  if (choices !== undefined) return choices.filter(isObject).map(kindOf).join(" | ");
  if (schema.type === "array" && isObject(schema.items)) return `list of ${kindOf(schema.items)}`;
  return typeof schema.type === "string" ? schema.type : "anything";
}

function limitsOf({ minLength, maxLength, minimum, maximum, maxItems }: JsonObject): string[] {
  const safest = Number.MAX_SAFE_INTEGER;
  const limits: string[] = [];
  if (typeof minLength === "number" && minLength > 1) limits.push(`from ${minLength} characters`);
  if (typeof maxLength === "number") limits.push(`up to ${maxLength} characters`);
  if (typeof minimum === "number" && minimum > -safest) limits.push(`from ${minimum}`);
  if (typeof maximum === "number" && maximum < safest) limits.push(`up to ${maximum}`);
  if (typeof maxItems === "number") limits.push(`up to ${maxItems} of them`);
  return limits;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
