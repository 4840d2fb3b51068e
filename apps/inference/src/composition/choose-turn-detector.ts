import { resolveTurnDetector } from "@parley/models/resolve-turn-detector";
import { errorMessage } from "@parley/shared/errors";
import { ProsodyDetector } from "@parley/speech/prosody/prosody-detector";
import { SmartTurnDetector } from "@parley/speech/smart-turn/smart-turn-detector";
import type { Environment } from "../environment";
import type { SavedChoice } from "../operator/saved-choice";
import { wordsAndPauses } from "../operator/shipped-models";
import type { ServerLog } from "../server/session-socket";
import type { ClosableEndingDetector } from "../turn/switchable-ending-detector";

export type NamedTurnDetector = {
  /** Its name among the models. */
  name: string;
  detector: ClosableEndingDetector;
};

/** What hears ends of turns: as the settings name it, or the operator chose it, or melody alone. */
export async function chooseTurnDetector(
  { TURN_MODEL, TURNS }: Pick<Environment, "TURN_MODEL" | "TURNS">,
  { saved, log, signal }: { saved: SavedChoice; log: ServerLog; signal: AbortSignal },
): Promise<NamedTurnDetector> {
  const open = async (name: string): Promise<NamedTurnDetector> => ({
    name,
    detector: await openTurnDetector(name, signal),
  });
  // Where silence alone decides, nobody is asked.
  if (TURNS === "silence") return await open(wordsAndPauses);
  if (TURN_MODEL !== undefined) return await open(TURN_MODEL);
  const chosen = (await saved.read()) ?? wordsAndPauses;
  try {
    return await open(chosen);
  } catch (error) {
    signal.throwIfAborted();
    log.warn(
      { model: chosen, reason: errorMessage(error) },
      "the chosen turn detector is not here",
    );
    return await open(wordsAndPauses);
  }
}

/**
 * Loads what hears ends of turns.
 *
 * @param name that of what ships with Parley, an `.onnx` file, a folder, or a model
 * @throws AppError as `resolveTurnDetector` and `SmartTurnDetector.open` do
 */
export async function openTurnDetector(
  name: string,
  signal: AbortSignal,
): Promise<ClosableEndingDetector> {
  if (name === wordsAndPauses) return new ProsodyDetector();
  const file = await resolveTurnDetector(name, { signal });
  return await SmartTurnDetector.open({ file, threads: 1 }, signal);
}
