import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { Tracing } from "../tracing/tracing";

/** A span as tests look at it; Unix times in milliseconds. */
export type CollectedSpan = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  startMs: number;
  endMs: number;
  attributes: Readonly<Record<string, unknown>>;
  /** Ids of the spans that it refers to. */
  links: string[];
};

/** Tracing within a test: spans are collected as they end. */
export class SpanCollector {
  readonly tracing: Tracing;
  readonly #exporter = new InMemorySpanExporter();

  constructor({ hasSpeech = false }: { hasSpeech?: boolean } = {}) {
    const manager = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(manager);
    const provider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(this.#exporter)],
    });
    this.tracing = {
      tracer: provider.getTracer("test"),
      hasSpeech,
      close: async () => {
        await provider.shutdown();
        context.disable();
      },
    };
  }

  /** Those that have ended, in that order. */
  get spans(): CollectedSpan[] {
    return this.#exporter.getFinishedSpans().map((span) => ({
      name: span.name,
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      parentSpanId: span.parentSpanContext?.spanId ?? null,
      startMs: milliseconds(span.startTime),
      endMs: milliseconds(span.endTime),
      attributes: span.attributes,
      links: span.links.map((link) => link.context.spanId),
    }));
  }

  /** The first of a name. @throws TypeError without one */
  span(name: string): CollectedSpan {
    const found = this.spans.find((span) => span.name === name);
    if (found === undefined) throw new TypeError(`no span ${name}`);
    return found;
  }
}

function milliseconds([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1_000 + nanoseconds / 1e6;
}
