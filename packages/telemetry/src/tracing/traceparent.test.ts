import { trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { expect, it } from "vitest";
import { contextOf, traceparentOf } from "./traceparent";

it("leads from a span in one process to its children in another", () => {
  const tracer = new BasicTracerProvider().getTracer("test");
  const span = tracer.startSpan("turn");
  const traceparent = traceparentOf(span);
  expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  const { traceId, spanId } = span.spanContext();
  expect(trace.getSpanContext(contextOf(traceparent))).toMatchObject({ traceId, spanId });
});

it("takes nonsense for no context", () => {
  expect(trace.getSpanContext(contextOf("00-nonsense"))).toBeUndefined();
  expect(trace.getSpanContext(contextOf(undefined))).toBeUndefined();
});
