import { AppError } from "@parley/shared/errors";
import { isInstalled, type Place } from "@parley/audio/installed-program";
import { UsageError } from "../failures";
import { type Recorder, recorders } from "./recorders";

/**
 * Finds an installed recorder.
 *
 * @param name a recorder's name; the first installed one of this platform when not given
 * @throws UsageError for an unknown name; AppError `not-found` when none is installed
 */
export async function findRecorder(name: string | undefined, place: Place): Promise<Recorder> {
  const candidates = recorders.filter((recorder) =>
    name === undefined ? recorder.platforms.includes(place.platform) : recorder.name === name,
  );
  if (candidates.length === 0) {
    const known = recorders.map((recorder) => recorder.name).join(", ");
    throw new UsageError(`--recorder ${name ?? ""}: expected one of ${known}`);
  }
  for (const recorder of candidates) {
    if (await isInstalled(recorder.name, place)) return recorder;
  }
  const names = candidates.map((recorder) => recorder.name).join(", ");
  throw new AppError("not-found", `no recording program is installed: ${names}`);
}
