import { Validator } from "@seriousme/openapi-schema-validator";
import fastify from "fastify";
import { expect, it } from "vitest";
import { z } from "zod";
import { addApiRoutes } from "./api-routes";
import { documented, operation } from "./operation";
import { RouteCollector } from "./route-collector";
import { placesWithoutSchema } from "./testing/without-schema";

const paint = operation({
  id: "paint",
  group: "walls",
  summary: "Paints a <wall> in `colour`",
  access: "operator",
  path: z.object({ wall: z.string().max(9).describe("Which one.") }),
  query: z.object({ coats: z.coerce.number<string>().int().min(1).max(3).default(2) }),
  body: {
    isRequired: true,
    content: {
      "application/json": z.object({
        colour: z
          .string()
          .transform((name) => name.length)
          .describe("By its name."),
        shine: z.enum(["matt", "gloss"]).default("matt"),
      }),
    },
  },
  answers: { 200: { description: "Done", content: { "image/png": "bytes" } } },
  errors: { 404: "There is no such wall" },
});

const information = { title: "Walls & more", version: "1", description: "", groups: { walls: "" } };

async function read(path: string): Promise<string> {
  const server = fastify();
  const collector = new RouteCollector(server, { isPage: (route) => route === "/*" });
  server.post("/walls/:wall", documented(paint), () => "");
  server.get("/*", () => "");
  addApiRoutes(server, collector, information);
  const answer = await server.inject(path);
  await server.close();
  return answer.body;
}

it("writes what a route takes as it is sent, and what it gives as it is received", async () => {
  const document = z.looseObject({}).parse(JSON.parse(await read("/openapi.json")));
  expect((await new Validator().validate(document)).valid).toBe(true);
  expect(document).toMatchObject({
    paths: {
      "/walls/{wall}": {
        post: {
          operationId: "paint",
          security: [{}, { operator: [] }],
          parameters: [
            { name: "wall", in: "path", required: true, description: "Which one." },
            { name: "coats", in: "query", required: false, schema: { minimum: 1, default: 2 } },
          ],
          requestBody: {
            content: {
              "application/json": {
                schema: { required: ["colour"], properties: { colour: { type: "string" } } },
              },
            },
          },
          responses: {
            200: { content: { "image/png": { schema: { format: "binary" } } } },
            404: {},
          },
        },
      },
    },
  });
  expect(JSON.stringify(document)).not.toContain("$schema");
});

it("shows the same to people, and no text of it as HTML", async () => {
  const page = await read("/docs/api");
  expect(page).toContain("Walls &amp; more");
  expect(page).toContain("Paints a &lt;wall&gt; in <code>colour</code>");
  expect(page).toContain('"matt" | "gloss", default "matt"'.replaceAll('"', "&quot;"));
  expect(page).toContain("OPERATOR_KEY");
});

it("is found out where a body or an answer has no schema", async () => {
  const operationOf = (content: object | undefined) => ({
    requestBody: { content: { "application/json": {} } },
    responses: { 101: {}, 200: { content }, 204: {} },
  });
  const paths = {
    "/a": { post: operationOf({ "application/json": { schema: { format: "binary" } } }) },
    "/b": { get: operationOf(undefined) },
    "/c": {
      get: { responses: { 200: { content: { "text/plain": { schema: { type: "string" } } } } } },
    },
  };
  expect(placesWithoutSchema({ paths })).toEqual([
    "post /a body application/json",
    "post /a 200 application/json",
    "get /b body application/json",
    "get /b 200",
  ]);
  expect(placesWithoutSchema(JSON.parse(await read("/openapi.json")))).toEqual([]);
});
