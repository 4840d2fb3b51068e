/** The synthesiser's thread: a step computes for up to several seconds. */
import { Moved } from "@parley/threads/calls";
import { serveEngine } from "../runtime/device/serve-engine";
import { slownessRemark } from "../synthesis/slowness-remark";
import type { KokoroCalls } from "./kokoro-calls";
import { KokoroEngine } from "./kokoro-engine";
import type { KokoroSettings } from "./kokoro-settings";
import { kokoroRate } from "./model/kokoro-model";
import { accentOf } from "./model/voice-styles";

/** A sentence of usual length: the first run is slow, since it allocates memory, and is not measured. */
const warmUpText = "Hello there. It is good to hear you.";

await serveEngine<KokoroSettings, KokoroCalls>(async (settings) => {
  const engine = await KokoroEngine.open(settings);
  const { voices } = engine;
  const voice = voices[0] ?? "";
  const warmUp = () => engine.synthesize({ text: warmUpText, voice, accent: accentOf(voice) });
  await warmUp();
  const startMs = performance.now();
  const { length } = await warmUp();
  const slowness = slownessRemark({
    computeMs: performance.now() - startMs,
    soundMs: (1_000 * length) / kokoroRate,
  });
  const { runsOn, placements } = engine;
  const remarks = [...engine.remarks, ...slowness];
  return {
    close: () => engine.close(),
    calls: {
      describe: () => Promise.resolve({ voices, remarks, runsOn, placements }),
      synthesize: async (step) => {
        const samples = await engine.synthesize(step);
        return new Moved({ samples }, [samples.buffer]);
      },
    },
  };
});
