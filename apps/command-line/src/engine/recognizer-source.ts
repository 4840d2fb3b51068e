import { basename, resolve } from "node:path";
import { resolveModel } from "@parley/models/resolve-model";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { UsageError } from "../failures";
import { type EngineOptions, toRecognizerChoice } from "../options/engine-options";
import type { CommandContext } from "../command-context";
import { awaitEngine } from "./await-engine";
import { SocketRecognizer } from "./socket-recognizer";

export type RecognizerSource = {
  recognizer: Recognizer;
  /** The model's folder, or the engine's address. */
  model: string;
  /** Whether it returns tokens and words with their times. */
  hasTimes: boolean;
};

/** Opens an engine in this process, or connects to the one at `options.url` (ws or wss). */
export async function openRecognizerSource(
  options: EngineOptions,
  context: CommandContext,
  signal: AbortSignal,
): Promise<RecognizerSource> {
  const { url } = options;
  if (url === undefined) {
    await awaitEngine(options, context, signal);
    const folder = await resolveModel(options.model, { signal });
    const choice = await toRecognizerChoice(options, folder, signal);
    const recognizer = await context.openRecognizer(choice, signal);
    for (const remark of recognizer.remarks) context.errors.write(`parley: ${remark}\n`);
    return { recognizer, model: basename(resolve(folder)), hasTimes: true };
  }
  if (options.phrases !== undefined || options.language !== undefined) {
    throw new UsageError("--phrases and --language do not work with an engine at ws://");
  }
  await awaitEngine(options, context, signal);
  const recognizer = new SocketRecognizer({ url, clock: context.clock, signal });
  return { recognizer, model: url.href, hasTimes: false };
}
