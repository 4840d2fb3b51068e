import { createReadStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { joinSamples } from "@parley/audio/join-samples";
import { errorMessage } from "@parley/shared/errors";

/** Where Debian's `tuxpaint-stamps-default` puts its pictures and their sounds. */
export const stampsFolder = "/usr/share/tuxpaint/stamps";

/** Folders of animals, machines, tools and instruments; in the others there is speech among the sounds. */
const wordlessFolders = [
  ...["animals", "food", "hobbies", "household", "military", "naturalforces", "vehicles"],
];

/** Sounds by their names, or why there are none. */
export type StampSounds = { sounds: Map<string, Int16Array>; notMeasured: string | null };

/**
 * Decodes the sounds without words of a folder of stamps: Ogg, for which ffmpeg is needed, or WAVE
 * files that were made of them.
 */
export async function stampSounds(folder: string, signal: AbortSignal): Promise<StampSounds> {
  const sounds = new Map<string, Int16Array>();
  if (!existsSync(folder)) {
    return { sounds, notMeasured: `${folder} is not there (Debian: tuxpaint-stamps-default)` };
  }
  for (const name of wordlessFolders.flatMap((part) => soundFiles(folder, part))) {
    try {
      const pieces: Int16Array[] = [];
      const bytes = createReadStream(join(folder, name));
      for await (const piece of decodeAudio(bytes, { signal })) pieces.push(piece);
      sounds.set(name, joinSamples(pieces));
    } catch (error) {
      signal.throwIfAborted();
      return { sounds: new Map(), notMeasured: `${name}: ${errorMessage(error)}` };
    }
  }
  return { sounds, notMeasured: sounds.size === 0 ? `${folder} holds no sounds` : null };
}

/** Sounds below a folder, sorted. "cow_desc_de.ogg" is a person who says what is in the picture. */
function soundFiles(root: string, part: string): string[] {
  if (!existsSync(join(root, part))) return [];
  const entries = readdirSync(join(root, part), { recursive: true, encoding: "utf8" });
  return entries
    .filter((name) => /\.(?:ogg|wav)$/.test(name) && !name.includes("_desc"))
    .map((name) => join(part, name))
    .sort();
}
