import { resolveFolder, type ResolveFolderOptions } from "./resolve-folder";

/** The two folders of ONNX files that make a voice. */
export type VoiceFolders = { model: string; codec: string };

/** Registry name of the codec of every released Magpie model. */
export const defaultCodec = "nano-codec";

/**
 * Finds the folders of a Magpie model and its codec; checkpoints are converted at their first use.
 *
 * @param model a folder, a `.nemo` file, or a name of the registry, which a precision may follow
 *   ("magpie-v2607:int8")
 * @param codec likewise; `defaultCodec` when null
 * @throws AppError as `resolveFolder` does; the signal's reason
 */
export async function resolveVoice(
  model: string,
  codec: string | null,
  options: Omit<ResolveFolderOptions, "entries">,
): Promise<VoiceFolders> {
  return {
    model: await resolveFolder(model, "synthesizer", options),
    codec: await resolveFolder(codec ?? defaultCodec, "codec", options),
  };
}
