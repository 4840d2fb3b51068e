import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "@parley/shared/async/clock";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startTracing, type TracingOptions } from "./start-tracing";

let collector: Server;
let endpoint: string;
let received: { path: string | undefined; type: string | undefined; body: string }[];
let warnings: string[];

beforeEach(async () => {
  received = [];
  warnings = [];
  collector = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces).toString("latin1");
      received.push({ path: request.url, type: request.headers["content-type"], body });
      // Nothing was refused, in either form.
      response.end(request.headers["content-type"] === "application/json" ? "{}" : "");
    });
  });
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
});

afterEach(() => {
  vi.unstubAllEnvs();
  collector.close();
});

function start(options: Partial<TracingOptions>) {
  return startTracing({
    service: "parley-test",
    endpoint,
    protocol: "http/protobuf",
    isDisabled: false,
    hasSpeech: false,
    clock: systemClock,
    warn: (_details, message) => warnings.push(message),
    ...options,
  });
}

it.each([
  ["http/protobuf", "application/x-protobuf"],
  ["http/json", "application/json"],
] as const)("sends what waits when the server ends, by %s", async (protocol, type) => {
  const tracing = await start({ protocol });
  tracing?.tracer.startSpan("turn").end();
  await tracing?.close();
  expect(received).toMatchObject([{ path: "/v1/traces", type }]);
  expect(received[0]?.body).toContain("parley-test");
  expect(warnings).toEqual([]);
});

it("takes the name and attributes that the standard variables give", async () => {
  vi.stubEnv("OTEL_SERVICE_NAME", "voices");
  vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=attic");
  const tracing = await start({ protocol: "http/json" });
  tracing?.tracer.startSpan("turn").end();
  await tracing?.close();
  expect(received[0]?.body).toContain('"stringValue":"voices"');
  expect(received[0]?.body).toContain('"stringValue":"attic"');
});

it("does nothing without a collector, or where the SDK is switched off", async () => {
  expect(await start({ endpoint: null })).toBeNull();
  expect(await start({ isDisabled: true })).toBeNull();
});

it("ends within a moment though the collector is not there", async () => {
  collector.close();
  const tracing = await start({});
  tracing?.tracer.startSpan("turn").end();
  await tracing?.close();
  await tracing?.close();
  expect(received).toEqual([]);
});
