import { z } from "zod";
import type { JsonSchema, ToolOffer } from "../../contracts/tool";
import type { LlamaSchema } from "./llama-api";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What is read of a schema; limits of lengths and numbers are left to the tool. */
const nodeSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  const: value.optional(),
  enum: z.array(value).nonempty().optional(),
  anyOf: z.array(z.unknown()).nonempty().optional(),
  oneOf: z.array(z.unknown()).nonempty().optional(),
  allOf: z.array(z.unknown()).nonempty().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  definitions: z.record(z.string(), z.unknown()).optional(),
});
type Node = z.infer<typeof nodeSchema>;
type Definitions = Readonly<Record<string, unknown>>;

const simpleTypes = new Set(["string", "number", "integer", "boolean", "null"]);
/** Anything that is no list and no object. */
const anything: LlamaSchema = { type: ["string", "number", "boolean", "null"] };
/** A schema that refers to itself is cut there. */
const deepest = 8;

/** @returns the JSON Schema of a tool's arguments */
export function jsonSchemaOf({ parameters }: Pick<ToolOffer, "parameters">): JsonSchema {
  return parameters instanceof z.ZodType ? z.toJSONSchema(parameters, { io: "input" }) : parameters;
}

/**
 * A schema as llama.cpp's grammar takes it. What may be left out is null there, since every property
 * has to be given; `withoutLeftOut` takes that back. What is not understood may be anything.
 */
export function toLlamaSchema(schema: JsonSchema): LlamaSchema {
  const node = nodeSchema.safeParse(schema).data ?? {};
  return converted({ type: "object", ...node }, definitionsOf(node), 0);
}

/** Arguments without the nulls that stand for what was left out. */
export function withoutLeftOut(input: unknown, schema: JsonSchema): unknown {
  const node = nodeSchema.safeParse(schema).data;
  if (node?.properties === undefined || typeof input !== "object" || input === null) return input;
  const { properties, required = [] } = node;
  const given = Object.entries(input).filter(
    ([name, part]) => part !== null || required.includes(name),
  );
  return Object.fromEntries(
    given.map(([name, part]) => {
      const inner = z.record(z.string(), z.unknown()).safeParse(properties[name]).data;
      return [name, inner === undefined ? part : withoutLeftOut(part, inner)];
    }),
  );
}

function converted(raw: unknown, definitions: Definitions, depth: number): LlamaSchema {
  const node = nodeSchema.safeParse(raw).data;
  if (node === undefined || depth > deepest) return anything;
  const { description } = node;
  return {
    ...withoutDescription(node, { ...definitions, ...definitionsOf(node) }, depth),
    ...(description === undefined ? {} : { description }),
  };
}

function withoutDescription(node: Node, definitions: Definitions, depth: number): LlamaSchema {
  const inner = (part: unknown) => converted(part, definitions, depth + 1);
  if (node.$ref !== undefined) return inner(definitions[node.$ref.split("/").at(-1) ?? ""]);
  if (node.const !== undefined) return { const: node.const };
  if (node.enum !== undefined) return { enum: node.enum };
  const choices = node.oneOf ?? node.anyOf;
  if (choices !== undefined) return { oneOf: choices.map(inner) };
  if (node.allOf?.length === 1) return inner(node.allOf[0]);
  if (node.type === "object" || node.properties !== undefined) return objectOf(node, inner);
  if (node.type === "array") return { type: "array", items: inner(node.items ?? {}) };
  const types = [node.type ?? []].flat().filter((type) => simpleTypes.has(type));
  return types.length === 0
    ? anything
    : { type: types.length === 1 ? (types[0] ?? "null") : types };
}

function objectOf(node: Node, inner: (part: unknown) => LlamaSchema): LlamaSchema {
  const { properties = {}, required = [] } = node;
  const entries = Object.entries(properties).map(([name, part]): [string, LlamaSchema] => {
    const schema = inner(part);
    return [name, required.includes(name) ? schema : { oneOf: [schema, { type: "null" }] }];
  });
  const isOpen = entries.length === 0 && node.additionalProperties !== false;
  return {
    type: "object",
    properties: Object.fromEntries(entries),
    additionalProperties: isOpen && node.additionalProperties !== undefined,
  };
}

function definitionsOf({ $defs, definitions }: Node): Definitions {
  return { ...definitions, ...$defs };
}
