import { isInstalled } from "@parley/audio/installed-program";
import { type Finding, good, remark } from "../finding";
import type { Patient } from "../patient";

/** Needed for sound files that are no WAVE files, and for nothing else. */
export async function checkFfmpeg(patient: Patient): Promise<Finding> {
  if (await isInstalled("ffmpeg", patient)) return good("ffmpeg", "is installed");
  const message = "is not installed: only WAVE files can be transcribed";
  return remark("ffmpeg", message, "install it if other files are to be heard");
}
