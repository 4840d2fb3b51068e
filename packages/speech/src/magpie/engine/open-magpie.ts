import { AppError } from "@parley/shared/errors";
import { MagpieText } from "../text/magpie-text";
import { MagpieEngine, type MagpieEngineSettings } from "./magpie-engine";

/** A Magpie model that is ready to speak: its engine and its text front end. */
export type OpenedMagpie = { engine: MagpieEngine; text: MagpieText };

/**
 * Opens a converted model and its codec.
 *
 * @throws AppError `model-mismatch` when one of them cannot run, or when text front end, model and
 *   codec do not fit each other
 */
export async function openMagpie(settings: MagpieEngineSettings): Promise<OpenedMagpie> {
  const text = await MagpieText.open(settings.model);
  const engine = await MagpieEngine.open(settings);
  const { textTokens } = engine.manifest;
  if (text.size === textTokens) return { engine, text };
  await engine.close();
  const reason = `its tokenizers have ${text.size} tokens, its weights ${textTokens}`;
  throw new AppError("model-mismatch", `${settings.model}: ${reason}`);
}
