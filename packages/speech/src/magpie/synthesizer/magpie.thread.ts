/** The synthesiser's thread: a decoder step computes for tens of milliseconds. */
import { systemClock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { Moved } from "@parley/threads/calls";
import { serveEngine } from "../../runtime/device/serve-engine";
import { slownessRemark } from "../../synthesis/slowness-remark";
import type { MagpieEngineSettings } from "../engine/magpie-engine";
import { openMagpie, type OpenedMagpie } from "../engine/open-magpie";
import { ClauseSpeech } from "./clause-speech";
import type { MagpieCalls } from "./magpie-calls";
import { measurePace, type Pace } from "./measure-pace";

/** A text of usual length for the start; little of it is spoken. */
const warmUpText = "Hello there. It is good to hear you.";

await serveEngine<MagpieEngineSettings, MagpieCalls>(async (settings) => {
  const { engine, text } = await openMagpie(settings);
  const { manifest, sampleRate } = engine;
  const pace = await warmUp({ engine, text });
  const slowness = pace === null ? [] : slownessRemark(pace);
  const clauses = new Map<number, ClauseSpeech>();
  return {
    close: () => engine.close(),
    calls: {
      describe: async () => {
        const { name, voices } = manifest;
        const { runsOn } = engine;
        const { remarks, placements } = await engine.report();
        const { languages } = text;
        const told = { remarks: [...remarks, ...slowness], runsOn, placements };
        return { name, voices, languages, sampleRate, ...told };
      },
      begin: ({ id, clause }) => {
        clauses.set(id, new ClauseSpeech(clause, { engine, text }));
        return Promise.resolve(undefined);
      },
      next: async ({ id }) => {
        const speech = clauses.get(id);
        if (speech === undefined)
          throw new AppError("invalid-state", `clause ${id} is not being spoken`);
        const samples = await speech.next();
        return samples === null ? { samples } : new Moved({ samples }, [samples.buffer]);
      },
      stop: ({ id }) => {
        clauses.get(id)?.stop();
        clauses.delete(id);
        return Promise.resolve(undefined);
      },
      "batch-sizes": () => Promise.resolve(engine.stepSizes),
    },
  };
});

/**
 * Speaks once unheard: the first runs allocate memory, and the first text reads a dictionary.
 *
 * @returns how quickly it spoke; null where nothing could be measured
 */
async function warmUp({ engine, text }: OpenedMagpie): Promise<Pace | null> {
  const [language] = text.languages;
  if (language === undefined) return null;
  const clause = { voice: 0, language, quality: "fast-start", seed: 0, temperature: null } as const;
  const speech = new ClauseSpeech({ ...clause, text: warmUpText }, { engine, text });
  const { sampleRate } = engine;
  const pace = await measurePace(() => speech.next(), { sampleRate, clock: systemClock });
  speech.stop();
  return pace;
}
