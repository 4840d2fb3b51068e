import { notDescribed } from "@parley/api-document/route-collector";
import { placesWithoutSchema } from "@parley/api-document/testing/without-schema";
import { systemClock } from "@parley/shared/async/clock";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { defaultSessionSettings } from "../../session/settings";
import { AgentServer } from "../agent-server";
import { inferenceOperations } from "./api-information";

let server: AgentServer;
let address: string;

beforeEach(async () => {
  server = new AgentServer({
    engines: () => null,
    isDemonstration: () => true,
    maxSessions: 4,
    workerId: "worker-1",
    version: "0.1.0",
    linkKey: null,
    pageOrigins: [],
    defaultVoice: "plain",
    clock: systemClock,
    settings: defaultSessionSettings,
    log: { info: () => undefined, warn: () => undefined },
  });
  const port = await server.listen({ host: "127.0.0.1", port: 0 });
  address = `http://127.0.0.1:${port}`;
});

afterEach(() => server.close());

const documentSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

async function readDocument() {
  const answer = await fetch(`${address}/openapi.json`);
  return documentSchema.parse(await answer.json());
}

it("describes the inference server by a valid document", async () => {
  const { valid, errors } = await new Validator().validate(await readDocument());
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

it("leaves out no route and no WebSocket, and names none that there is not", async () => {
  const { paths } = await readDocument();
  expect(JSON.stringify(paths)).not.toContain(notDescribed);
  const named = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((verb) => `${verb.toUpperCase()} ${path}`),
  );
  const described = Object.keys(inferenceOperations).map((route) =>
    route.replace(/:(\w+)/g, "{$1}").replace(/\*$/, "{rest}"),
  );
  expect(named.sort()).toEqual([...described, "GET /docs/api", "GET /openapi.json"].sort());
});

it("says what a speech takes, limits included", async () => {
  const document: unknown = await readDocument();
  expect(JSON.stringify(document)).toContain('"maximum":4');
  const page = await (await fetch(`${address}/docs/api`)).text();
  for (const field of ["response_format", "sample_rate", "timestamp_granularities"]) {
    expect(page).toContain(`<code>${field}</code>`);
  }
});

it("every body and every answer has a schema", async () => {
  expect(placesWithoutSchema(await readDocument())).toEqual([]);
});
