import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonSchemaOf, toLlamaSchema, withoutLeftOut } from "./to-llama-schema";

describe("the arguments of a tool for llama.cpp's grammar", () => {
  it("are those of zod, with what may be left out as null", () => {
    const parameters = z.object({
      place: z.string().trim().min(1).max(200).describe("A city."),
      unit: z.enum(["celsius", "kelvin"]).optional(),
      days: z.int().min(1).max(7).default(1),
    });
    expect(toLlamaSchema(jsonSchemaOf({ parameters }))).toEqual({
      type: "object",
      properties: {
        place: { type: "string", description: "A city." },
        unit: { oneOf: [{ enum: ["celsius", "kelvin"] }, { type: "null" }] },
        days: { oneOf: [{ type: "integer" }, { type: "null" }] },
      },
      additionalProperties: false,
    });
  });

  it("are those of other people's JSON Schema, as far as it is understood", () => {
    const schema = {
      type: "object",
      $defs: { point: { type: "object", properties: { x: { type: "number" } }, required: ["x"] } },
      properties: {
        at: { $ref: "#/$defs/point" },
        list: { type: "array", items: { type: ["string", "null"], format: "uri" } },
        kind: { anyOf: [{ const: "a" }, { type: "boolean" }] },
        free: {},
        pattern: { type: "string", pattern: "^a+$", maxLength: 5_000 },
      },
      required: ["at", "list", "kind", "free", "pattern"],
    };
    const point = {
      type: "object",
      properties: { x: { type: "number" } },
      additionalProperties: false,
    };
    expect(toLlamaSchema(schema)).toMatchObject({
      properties: {
        at: point,
        list: { type: "array", items: { type: ["string", "null"] } },
        kind: { oneOf: [{ const: "a" }, { type: "boolean" }] },
        free: { type: ["string", "number", "boolean", "null"] },
        pattern: { type: "string" },
      },
    });
  });

  it("end where a schema goes on with itself, and are none where there are none", () => {
    const list = { type: "object", properties: { next: { $ref: "#/$defs/list" } } };
    expect(JSON.stringify(toLlamaSchema({ ...list, $defs: { list } })).length).toBeLessThan(5_000);
    const none = { type: "object", properties: {}, additionalProperties: false };
    expect(toLlamaSchema({})).toEqual(none);
    expect(
      toLlamaSchema({ type: "object", properties: { a: { $ref: "#/nowhere" } } }),
    ).toBeTruthy();
  });

  it("lose the nulls that stand for what was left out, and no others", () => {
    const inner = { type: "object", properties: { a: { type: "string" } } };
    const schema = {
      type: "object",
      properties: { inner, left: { type: "string" }, wanted: { type: "null" } },
      required: ["inner", "wanted"],
    };
    const written = { inner: { a: null }, left: null, wanted: null };
    expect(withoutLeftOut(written, schema)).toEqual({ inner: {}, wanted: null });
  });
});
