import { AppError } from "@parley/shared/errors";
import { isInstalled, type Place } from "@parley/audio/installed-program";
import { UsageError } from "../failures";
import { type Recorder, recorders } from "./recorders";

/**
 * @param name a recorder's name; the first that is installed when not given
 * @throws UsageError for a name that is none's; AppError `not-found` when it is not installed
 */
export async function findRecorder(name: string | undefined, place: Place): Promise<Recorder> {
  const candidates = recorders.filter((recorder) =>
    name === undefined ? recorder.platforms.includes(place.platform) : recorder.name === name,
  );
  if (candidates.length === 0) {
    const known = recorders.map((recorder) => recorder.name).join(", ");
    throw new UsageError(`--recorder ${name ?? ""}: wanted is one of ${known}`);
  }
  for (const recorder of candidates) {
    if (await isInstalled(recorder.name, place)) return recorder;
  }
  const names = candidates.map((recorder) => recorder.name).join(", ");
  throw new AppError("not-found", `no program that records is installed: ${names}`);
}
