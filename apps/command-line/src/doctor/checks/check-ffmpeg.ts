import { isInstalled } from "@parley/speech/audio/installed-program";
import { type Finding, good, remark } from "../finding";
import type { CheckContext } from "../check-context";

/** Needed for sound files that are no WAVE files, and for nothing else. */
export async function checkFfmpeg(context: CheckContext): Promise<Finding> {
  if (await isInstalled("ffmpeg", context)) return good("ffmpeg", "is installed");
  const message = "is not installed: only WAVE files can be transcribed";
  return remark("ffmpeg", message, "install it if other files are to be heard");
}
