/** The synthesiser's thread: a decoder step computes for tens of milliseconds. */
import { AppError } from "@parley/shared/errors";
import { Moved } from "@parley/threads/calls";
import { serveThread } from "@parley/threads/server/serve-thread";
import { MagpieEngine, type MagpieEngineSettings } from "../engine/magpie-engine";
import { MagpieText } from "../text/magpie-text";
import { ClauseSpeech } from "./clause-speech";
import type { MagpieCalls } from "./magpie-calls";

await serveThread<MagpieEngineSettings, MagpieCalls>(async (settings) => {
  const text = await MagpieText.open(settings.model);
  const engine = await MagpieEngine.open(settings);
  const { manifest, sampleRate } = engine;
  if (text.size !== manifest.textTokens) {
    await engine.close();
    const reason = `the text front end has ${text.size} ids, the model ${manifest.textTokens}`;
    throw new AppError("model-mismatch", reason);
  }
  await warmUp(engine, text);
  const clauses = new Map<number, ClauseSpeech>();
  return {
    close: () => engine.close(),
    calls: {
      describe: () => {
        const { name, voices } = manifest;
        return Promise.resolve({ name, voices, languages: text.languages, sampleRate });
      },
      begin: ({ id, clause }) => {
        clauses.set(id, new ClauseSpeech(clause, { engine, text }));
        return Promise.resolve(undefined);
      },
      next: async ({ id }) => {
        const speech = clauses.get(id);
        if (speech === undefined) throw new AppError("invalid-state", `no clause ${id} is spoken`);
        const samples = await speech.next();
        return samples === null ? { samples } : new Moved({ samples }, [samples.buffer]);
      },
      stop: ({ id }) => {
        clauses.get(id)?.stop();
        clauses.delete(id);
        return Promise.resolve(undefined);
      },
    },
  };
});

/** The first runs allocate, and the first text reads a dictionary: nobody should wait for that. */
async function warmUp(engine: MagpieEngine, text: MagpieText): Promise<void> {
  const [language] = text.languages;
  if (language === undefined) return;
  const speech = new ClauseSpeech(
    { text: "Hello.", voice: 0, language, quality: "fast-start", seed: 0, temperature: null },
    { engine, text },
  );
  // The second comes after a step with a past.
  await speech.next();
  await speech.next();
  speech.stop();
}
