import { wireErrorSchema } from "@parley/shared/errors";
import { z } from "zod";
import type { Access, Answer, Content, Operation, Parameters } from "./operation";
import type { Route } from "./route-collector";

/** Any part of a document: JSON. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

export type ApiInformation = {
  title: string;
  /** Parley's version. */
  version: string;
  description: string;
  /** What each group of operations is about, in the order in which they are shown. */
  groups: Readonly<Record<string, string>>;
  /** Bodies of refusals besides the usual `Refusal`, by their names. */
  refusals?: Readonly<Record<string, z.ZodType>>;
};

/** OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html) of a server's routes. */
export function openApiDocument(routes: readonly Route[], information: ApiInformation): JsonObject {
  const { title, version, description, groups } = information;
  const paths: Record<string, Record<string, Json>> = {};
  for (const { method, path, operation } of routes) {
    (paths[openApiPath(path)] ??= {})[method.toLowerCase()] = operationObject(operation);
  }
  return {
    openapi: "3.1.1",
    info: {
      title,
      version,
      description,
      license: { name: "Apache 2.0", identifier: "Apache-2.0" },
    },
    // The address that the document was read from.
    servers: [{ url: "/" }],
    tags: Object.entries(groups).map(([name, about]) => ({ name, description: about })),
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries({ Refusal: usualRefusal, ...information.refusals }).map(([name, form]) => [
          name,
          schemaOf(form, "output"),
        ]),
      ),
      securitySchemes: Object.fromEntries(
        Object.entries(keys).map(([name, about]) => [
          name,
          { type: "http", scheme: "bearer", description: about },
        ]),
      ),
    },
  };
}

const keys = {
  operator: "The operator's key, OPERATOR_KEY. The machine itself needs none.",
  peer: "The key that both servers share, INFERENCE_KEY. Without one the machine itself is admitted.",
  collector: "The key for metrics, METRICS_KEY. The machine itself needs none.",
} satisfies Record<Exclude<Access, "everyone">, string>;

const usualRefusal = z.object({ error: wireErrorSchema });

/** `/api/rooms/:roomId` as OpenAPI writes it; a wildcard has the name `rest`. */
function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}").replace(/\*$/, "{rest}");
}

function operationObject({ described }: Operation): JsonObject {
  const { id, group, summary, description, access, path, query, body, answers } = described;
  const parameters = [...parametersOf(path, "path"), ...parametersOf(query, "query")];
  const refusal = { $ref: `#/components/schemas/${described.refusal ?? "Refusal"}` };
  const errors = Object.entries(described.errors ?? {}).map(([status, about]) => [
    status,
    { description: about, content: { "application/json": { schema: refusal } } },
  ]);
  return {
    operationId: id,
    tags: [group],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(access === "everyone" ? {} : { security: [{}, { [access]: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: { required: body.isRequired, content: contentObject(body.content, "input") },
        }),
    responses: Object.fromEntries([
      ...Object.entries(answers).map(([status, answer]) => [status, answerObject(answer)]),
      ...errors,
    ]) as JsonObject,
  };
}

function answerObject({ description, content }: Answer): JsonObject {
  return content === undefined
    ? { description }
    : { description, content: contentObject(content, "output") };
}

function contentObject(content: Content, io: "input" | "output"): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([mediaType, form]) => [
      mediaType,
      { schema: contentSchema(form, io) },
    ]),
  );
}

function contentSchema(form: Content[string], io: "input" | "output"): JsonObject {
  if (form === "bytes") return { type: "string", format: "binary" };
  return form === "text" ? { type: "string" } : schemaOf(form, io);
}

function parametersOf(schema: Parameters | undefined, place: "path" | "query"): JsonObject[] {
  if (schema === undefined) return [];
  return Object.entries(schema.shape).map(([name, form]) => {
    const { description, ...rest } = schemaOf(z.object({ it: form }), "input", "it");
    return {
      name,
      in: place,
      required: place === "path" || !form.safeParse(undefined).success,
      ...(typeof description === "string" ? { description } : {}),
      schema: rest,
    };
  });
}

/** JSON Schema of a form, or of one of its properties. */
function schemaOf(form: z.ZodType, io: "input" | "output", property?: string): JsonObject {
  const made = z.toJSONSchema(form, {
    target: "draft-2020-12",
    io,
    // A value that a transformation makes has no schema; what goes in has.
    unrepresentable: "any",
  });
  const whole = jsonObjectSchema.parse(made);
  const { properties } = whole;
  if (property !== undefined) {
    return jsonObjectSchema.parse(jsonObjectSchema.parse(properties)[property]);
  }
  // The dialect is OpenAPI's own.
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== "$schema"));
}

const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json());
