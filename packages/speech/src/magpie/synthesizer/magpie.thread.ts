/** The synthesiser's thread: a decoder step computes for tens of milliseconds. */
import { AppError } from "@parley/shared/errors";
import { Moved } from "@parley/threads/calls";
import { serveEngine } from "../../runtime/device/serve-engine";
import type { MagpieEngineSettings } from "../engine/magpie-engine";
import { openMagpie, type OpenedMagpie } from "../engine/open-magpie";
import { ClauseSpeech } from "./clause-speech";
import type { MagpieCalls } from "./magpie-calls";

await serveEngine<MagpieEngineSettings, MagpieCalls>(async (settings) => {
  const { engine, text } = await openMagpie(settings);
  const { manifest, sampleRate } = engine;
  await warmUp({ engine, text });
  const clauses = new Map<number, ClauseSpeech>();
  return {
    close: () => engine.close(),
    calls: {
      describe: () => {
        const { name, voices } = manifest;
        const { remarks, runsOn } = engine;
        const { languages } = text;
        return Promise.resolve({ name, voices, languages, sampleRate, remarks, runsOn });
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

/** Speaks once unheard: the first runs allocate memory, and the first text reads a dictionary. */
async function warmUp({ engine, text }: OpenedMagpie): Promise<void> {
  const [language] = text.languages;
  if (language === undefined) return;
  const speech = new ClauseSpeech(
    { text: "Hello.", voice: 0, language, quality: "fast-start", seed: 0, temperature: null },
    { engine, text },
  );
  // The second piece needs a step with cached keys and values.
  await speech.next();
  await speech.next();
  speech.stop();
}
