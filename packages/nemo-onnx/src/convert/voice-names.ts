import { z } from "zod";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";

/** Voices of the releases v2512 and v2602, whose archives do not name them, in order. */
const unnamedVoices = ["John", "Sofia", "Aria", "Jason", "Leo"];

const speakerMapSchema = z.record(z.string().min(1), z.int().min(0));

/**
 * Names of a Magpie model's voices by index.
 *
 * @param speakerMap member that holds { name: index }; null for the voices of the first releases
 * @throws ModelError `malformed` or `mismatch` when the speaker map is invalid or does not match
 *   the voices
 */
export async function voiceNames(
  checkpoint: Pick<Checkpoint, "file" | "readMember">,
  { speakerMap, voiceCount }: { speakerMap: string | null; voiceCount: number },
): Promise<string[]> {
  const { file } = checkpoint;
  if (speakerMap === null) {
    if (voiceCount === unnamedVoices.length) return unnamedVoices;
    throw new ModelError("mismatch", `${file} has ${voiceCount} voices and no speaker map`);
  }
  const text = Buffer.from(await checkpoint.readMember(speakerMap)).toString("utf8");
  const indices = parseMap(text, `${file}, ${speakerMap}`);
  const names = Object.keys(indices).sort((a, b) => (indices[a] ?? 0) - (indices[b] ?? 0));
  const isComplete = names.every((name, index) => indices[name] === index);
  if (!isComplete || names.length !== voiceCount) {
    const found = JSON.stringify(indices).slice(0, 200);
    throw new ModelError("mismatch", `${file}, ${speakerMap}: ${found} for ${voiceCount} voices`);
  }
  return names;
}

function parseMap(text: string, name: string): Readonly<Record<string, number>> {
  try {
    return speakerMapSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ModelError("malformed", `${name} is not a map of names to indices`, { cause });
  }
}
