import { TimeStretch } from "@parley/audio/tempo/time-stretch";
import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import { voiceDescription } from "./voice-description";

/** The same voice at another speed and the same pitch. @param speed 1 for its own */
export function pacedVoice(voice: Synthesizer, speed: number): Synthesizer {
  const { sampleRate } = voice;
  return {
    ...voiceDescription(voice),
    speak: (request) => paced(voice, request, new TimeStretch(sampleRate, speed)),
    close: () => Promise.resolve(),
  };
}

async function* paced(
  voice: Synthesizer,
  request: SynthesisRequest,
  stretch: TimeStretch,
): AsyncGenerator<SynthesisPart> {
  for await (const part of voice.speak(request)) {
    if (part.type === "clause-end") yield* soundOf(stretch.flush());
    if (part.type === "audio") yield* soundOf(stretch.process(part.samples));
    else yield part;
  }
}

function* soundOf(samples: Int16Array): Generator<SynthesisPart, void, void> {
  if (samples.length > 0) yield { type: "audio", samples };
}
