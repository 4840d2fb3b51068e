import { resolveFolder, type ResolveFolderOptions } from "./resolve-folder";

/** Registry name of the codec of every released Magpie model. */
export const defaultCodec = "nano-codec";

type Options = Omit<ResolveFolderOptions, "entries">;
/** A codec has one precision. */
type CodecOptions = Omit<Options, "precision">;

/**
 * Finds the folder of a voice; a checkpoint is converted at its first use.
 *
 * @param model a folder, a `.nemo` file, or a name of the registry, which a precision may follow
 *   ("magpie-v2607:int8")
 * @throws AppError as `resolveFolder` does; the signal's reason
 */
export async function resolveVoice(model: string, options: Options): Promise<string> {
  return await resolveFolder(model, "synthesizer", options);
}

/**
 * Finds the folder of a Magpie model's codec, likewise.
 *
 * @param codec `defaultCodec` when null
 */
export async function resolveCodec(codec: string | null, options: CodecOptions): Promise<string> {
  return await resolveFolder(codec ?? defaultCodec, "codec", options);
}
