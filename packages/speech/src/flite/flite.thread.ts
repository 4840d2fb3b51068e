/** The synthesiser's thread: a step computes for up to a few tenths of a second. */
import { Moved } from "@parley/threads/calls";
import { serveThread } from "@parley/threads/server/serve-thread";
import { trimSilence } from "../synthesis/trim-silence";
import type { FliteCalls } from "./flite-calls";
import { FliteEngine } from "./flite-engine";
import { fliteVoices } from "./flite-voices";

/** Once through each voice's code: the first words of a reply are then spoken by compiled code. */
const warmUpText = "Hello there.";

await serveThread<null, FliteCalls>(async () => {
  const engine = await FliteEngine.load();
  for (const voice of fliteVoices) engine.synthesize(warmUpText, voice);
  engine.prepare();
  return {
    calls: {
      synthesize: ({ text, voice }) => {
        const { samples: raw, sampleRate } = engine.synthesize(text, voice);
        // A copy of the part that counts, so that it can move.
        const samples = trimSilence(raw, sampleRate).slice();
        setImmediate(() => {
          engine.prepare();
        });
        return Promise.resolve(new Moved({ samples }, [samples.buffer]));
      },
    },
  };
});
