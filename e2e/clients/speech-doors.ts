import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "@parley/inference/environment";
import { startInference } from "@parley/inference/inference-server";

export type SpeechDoors = {
  /** What a client of OpenAI's is given as its base address. */
  url: string;
  /** Idempotent. */
  close(): Promise<void>;
};

/** A person's sentence, and what is heard of it. */
export const recording = fileURLToPath(
  new URL("../../packages/speech/src/testing/people/ps-0930.wav", import.meta.url),
);
export const sentence = "He might even have been made amiable himself.";

/**
 * Starts inference with the models that ship with Parley, on a free port.
 *
 * @param settings none, or that of a chat server
 */
export async function openSpeechDoors(settings: Record<string, string> = {}): Promise<SpeechDoors> {
  const folder = await mkdtemp(join(tmpdir(), "parley-clients-"));
  const environment = readEnvironment({
    INFERENCE_PORT: "0",
    PARLEY_DATA: folder,
    ...settings,
  });
  const ignore = () => undefined;
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  const server = await startInference(environment, log, new AbortController().signal);
  return {
    url: `http://127.0.0.1:${server.port}/v1`,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
