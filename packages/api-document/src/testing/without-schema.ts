import { z } from "zod";

const contentSchema = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() }));
const operationSchema = z.looseObject({
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

/** Statuses of answers that have no body: a socket opens, or there is nothing to say. */
const bodiless = new Set(["101", "204"]);

/**
 * @returns the places of a document where a body or an answer has no schema, or JSON that could be
 *   anything: `post /rooms 200 application/json`
 */
export function placesWithoutSchema(document: unknown): string[] {
  return Object.entries(documentSchema.parse(document).paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([verb, { requestBody, responses }]) => {
      const place = `${verb} ${path}`;
      const answers = Object.entries(responses).flatMap(([status, { content }]) =>
        content === undefined && !bodiless.has(status)
          ? [`${place} ${status}`]
          : lacking(content ?? {}, `${place} ${status}`),
      );
      return [...lacking(requestBody?.content ?? {}, `${place} body`), ...answers];
    }),
  );
}

function lacking(content: z.infer<typeof contentSchema>, place: string): string[] {
  return Object.entries(content)
    .filter(([mediaType, { schema }]) => !saysSomething(schema, mediaType))
    .map(([mediaType]) => `${place} ${mediaType}`);
}

function saysSomething(schema: unknown, mediaType: string): boolean {
  const isFilled = typeof schema === "object" && schema !== null && Object.keys(schema).length > 0;
  const isBytes = isFilled && "format" in schema && schema.format === "binary";
  return isFilled && !(isBytes && mediaType.includes("json"));
}
