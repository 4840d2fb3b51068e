import { systemClock } from "@parley/shared/async/clock";
import { WordCode } from "@parley/speech/testing/scripted-models";
import { SpanCollector } from "@parley/telemetry/testing/span-collector";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { AgentServer } from "./server/agent-server";
import { defaultSessionSettings } from "./session/settings";
import { scriptedEngines } from "./testing/scripted-engines";
import { traceDoors } from "./telemetry/trace-doors";

const clientTrace = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${clientTrace}-b7ad6b7169203331-01`;
const code = new WordCode();

let collector: SpanCollector;
let server: AgentServer;
let port: number;

beforeEach(async () => {
  collector = new SpanCollector();
  const engines = scriptedEngines(code);
  server = new AgentServer({
    workerId: "worker-1",
    version: "0.1.0",
    engines: () => engines,
    isDemonstration: () => true,
    maxSessions: 4,
    linkKey: null,
    pageOrigins: [],
    defaultVoice: "plain",
    clock: systemClock,
    settings: defaultSessionSettings,
    observeDoors: traceDoors(collector.tracing),
    log: { info: () => undefined, warn: () => undefined },
  });
  port = await server.listen({ host: "127.0.0.1", port: 0 });
});

afterEach(async () => {
  await server.close();
  await collector.tracing.close();
});

it("traces speech within the trace of the client that asks for it", async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/audio/speech`, {
    method: "POST",
    headers: { "content-type": "application/json", traceparent },
    body: JSON.stringify({ input: "a secret", voice: "plain", response_format: "wav" }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  await vi.waitFor(() => collector.span("POST /v1/audio/speech"));
  const request = collector.span("POST /v1/audio/speech");
  expect(request).toMatchObject({
    traceId: clientTrace,
    parentSpanId: "b7ad6b7169203331",
    attributes: { "http.response.status_code": 200 },
  });
  const synthesis = collector.span("synthesis");
  expect(synthesis.parentSpanId).toBe(request.spanId);
  expect(synthesis.attributes["parley.sound.ms"]).toBeGreaterThan(0);
  expect(JSON.stringify(collector.spans)).not.toContain("secret");
});

it("traces each utterance of a recogniser's socket, and nothing else's", async () => {
  await fetch(`http://127.0.0.1:${port}/health`);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { headers: { traceparent } });
  const finals = () => received.filter(({ is_final: isFinal }) => isFinal === true).length;
  const received: { is_final?: boolean }[] = [];
  socket.on("message", (data: Buffer) => {
    received.push(JSON.parse(data.toString()) as { is_final?: boolean });
  });
  await vi.waitFor(() => {
    expect(received).toHaveLength(1);
  });
  for (const word of ["hello", "goodbye"]) {
    const before = finals();
    socket.send(new Int16Array(16_000).fill(code.sampleOf(word)));
    socket.send(JSON.stringify({ type: "reset", finalize: true }));
    await vi.waitFor(() => {
      expect(finals()).toBe(before + 1);
    });
  }
  socket.close();
  expect(collector.spans).toMatchObject([
    { name: "recognition", traceId: clientTrace, attributes: { "parley.sound.ms": 1_000 } },
    { name: "recognition", traceId: clientTrace, attributes: { "parley.words": 1 } },
  ]);
});
