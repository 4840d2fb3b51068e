import { isInstalled } from "@parley/audio/installed-program";
import { type Finding, good, remark } from "../finding";
import type { CheckContext } from "../check-context";

/** ffmpeg decodes sound files other than WAVE; nothing else needs it. */
export async function checkFfmpeg(context: CheckContext): Promise<Finding> {
  if (await isInstalled("ffmpeg", context)) return good("ffmpeg", "is installed");
  const message = "is not installed: only WAVE files can be transcribed";
  return remark("ffmpeg", message, "install it to transcribe other files");
}
