import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";
import type { RecognizerStreamOptions } from "@parley/speech/contracts/recognizer";
import { resolveModel } from "@parley/models/resolve-model";
import { engineOfFolder } from "@parley/speech/engines/engine-of-folder";
import {
  conversationMoonshine,
  type RecognizerChoice,
} from "@parley/speech/engines/recognizer-choice";
import { computeOptions } from "./compute-options";
import { engineUrl, type Provider, seconds, wholeNumber } from "./option-values";

/** Options of every command that recognises speech. */
export type EngineOptions = {
  model: string;
  rightContext?: number;
  /** Seconds. */
  chunk: number;
  left: number;
  right: number;
  offline?: true;
  finish: TransducerSettings["finish"];
  threads: number;
  provider: readonly Provider[];
  /** A file with one phrase per line. */
  phrases?: string;
  language?: string;
  /** A remote engine instead of a local one. */
  url?: URL;
  /** Waits for the remote engine while it starts. */
  wait?: true;
};

const heading = "Engine:";

/** Options that a remote engine decides for itself, by commander's names. */
const localEngineOptions = [
  ...["model", "rightContext", "chunk", "left", "right"],
  ...["offline", "finish", "threads", "provider"],
];

export function addEngineOptions(command: Command): void {
  const finishes: readonly TransducerSettings["finish"][] = ["silence", "exact", "nemo"];
  const options = [
    new Option(
      "--model <path>",
      "a folder of ONNX files, a .nemo file, or the name of a model",
    ).default("moonshine-tiny-en"),
    new Option(
      "--right-context <frames>",
      "look-ahead of a streaming model, in frames of 80 ms",
    ).argParser(wholeNumber(0, 13)),
    new Option("--chunk <seconds>", "length of a window, for models that do not stream")
      .argParser(seconds(0.08, 60))
      .default(2),
    new Option("--left <seconds>", "sound before the window")
      .argParser(seconds(0, 120))
      .default(10),
    new Option("--right <seconds>", "sound after the window").argParser(seconds(0, 60)).default(2),
    new Option("--offline", "recognise the whole sound at once"),
    new Option("--finish <how>", "how a streaming model is flushed at the end")
      .choices(finishes)
      .default("silence"),
    new Option("--phrases <file>", "names and terms to prefer, one per line"),
    new Option("--language <tag>", "for models with a language prompt, such as en-US"),
    ...computeOptions(),
    new Option("--url <address>", "a remote engine: ws://… for live words, http://… for files")
      .argParser(engineUrl)
      .conflicts(localEngineOptions),
    new Option("--wait", "wait until the remote engine is ready, up to ten minutes"),
  ];
  for (const option of options) command.addOption(option.helpGroup(heading));
}

/**
 * The engine for a model, by its files. Windows, look-ahead, threads and flushing are a transducer's
 * alone.
 *
 * @param model the folder that `options.model` stands for
 */
export async function toRecognizerChoice(
  options: EngineOptions,
  model: string,
  signal: AbortSignal,
): Promise<RecognizerChoice> {
  const { chunk, left, right, threads, provider } = options;
  switch (await engineOfFolder(model)) {
    case "moonshine": {
      const witness = await resolveModel("builtin", { signal });
      // One thread: more made it slower.
      return conversationMoonshine({ model, providers: provider }, witness);
    }
    case "transducer": {
      const settings: TransducerSettings = {
        model,
        threads,
        providers: provider,
        rightContext: options.rightContext ?? null,
        window: { chunk, left, right },
        isOffline: options.offline === true,
        finish: options.finish,
        // A transcript covers everything that was said.
        resetsAtEndOfUtterance: false,
      };
      return { type: "transducer", settings };
    }
  }
}

/** Rejects when the file of phrases cannot be read. */
export async function toStreamOptions(
  { phrases, language }: EngineOptions,
  isOffline: boolean,
): Promise<RecognizerStreamOptions> {
  const lines = phrases === undefined ? [] : await readPhrases(phrases);
  return { phrases: lines, isOffline, ...(language === undefined ? {} : { language }) };
}

async function readPhrases(path: string): Promise<readonly string[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`${path}: the phrases cannot be read`, { cause });
  });
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
