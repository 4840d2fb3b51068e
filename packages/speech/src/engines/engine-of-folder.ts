import { isMoonshineFolder } from "../moonshine/model/model-files";

/** Recognisers that run in this process, each from a folder with its model. */
export type LocalEngine = "transducer" | "moonshine";

/**
 * The engine for a folder, by the files in it; whatever no other knows is a transducer. Who chooses by
 * it lists them all, so that the compiler names each place to whoever adds one.
 */
export async function engineOfFolder(directory: string): Promise<LocalEngine> {
  return (await isMoonshineFolder(directory)) ? "moonshine" : "transducer";
}
