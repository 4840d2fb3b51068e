import { context, type Span } from "@opentelemetry/api";
import { toWireError } from "@parley/shared/errors";
import type { SynthesisPart, Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import { overlaid } from "./overlaid";

/**
 * A voice of a speech door: each text, from its arrival to its last sound, is a span within that of
 * its request. The event `first sound` tells when listeners could begin.
 */
export function tracedSynthesizer(synthesizer: Synthesizer, { tracer }: Tracing): Synthesizer {
  return overlaid(synthesizer, {
    speak: (request) => {
      const span = tracer.startSpan("synthesis", {}, context.active());
      return tracedSpeech(synthesizer.speak(request), span, synthesizer.sampleRate);
    },
  });
}

async function* tracedSpeech(
  speech: AsyncIterable<SynthesisPart>,
  span: Span,
  sampleRate: number,
): AsyncGenerator<SynthesisPart, void, void> {
  let samples = 0;
  try {
    for await (const part of speech) {
      if (part.type === "audio") {
        if (samples === 0) span.addEvent("first sound");
        samples += part.samples.length;
      } else if (part.type === "error") {
        span.setAttribute("error.type", toWireError(part.error).code);
      }
      yield part;
    }
  } finally {
    span.setAttribute("parley.sound.ms", (samples * 1_000) / sampleRate);
    span.end();
  }
}
