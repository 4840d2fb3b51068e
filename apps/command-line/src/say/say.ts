import { writeFile } from "node:fs/promises";
import { text as readText } from "node:stream/consumers";
import { Readable } from "node:stream";
import { AppError } from "@parley/shared/errors";
import { UsageError } from "../failures";
import type { CommandContext } from "../command-context";
import { findPlayer } from "./find-player";
import { openVoice } from "./open-voice";
import { play } from "./play";
import { checkSayOptions, type SayOptions } from "./say-options";
import { speechReport } from "./speech-report";
import type { Speech } from "./voice";
import { sendSound } from "./send-sound";
import { formatOfFile, writeSound } from "./write-sound";

/** Synthesises one text: to a file, to a player, or for its report alone. */
export async function say(
  words: readonly string[],
  options: SayOptions,
  context: CommandContext,
): Promise<void> {
  checkSayOptions(options);
  const { firstInterrupt: signal, clock, output } = context;
  const text = await readWords(words, context);
  const listen = await openListener(options, context);
  const isLive = options.output === undefined && options.json === undefined;
  const voice = await openVoice(options, context, { isLive, signal });
  try {
    const began = clock.now();
    const speech = await voice.speak(text, signal);
    let sampleCount = 0;
    const samples = counted(speech.samples, (length) => {
      sampleCount += length;
    });
    await listen({ ...speech, samples });
    if (sampleCount === 0) {
      throw new AppError("invalid-request", "the text has nothing that can be spoken");
    }
    if (options.json === undefined) return;
    const seconds = sampleCount / speech.sampleRate;
    const tookSeconds = (clock.now() - began) / 1_000;
    const report = speechReport({ text, model: voice.model, speech, seconds, tookSeconds });
    const line = `${JSON.stringify(report)}\n`;
    if (options.json === "-") output.write(line);
    else await writeFile(options.json, line);
  } finally {
    await voice.close();
  }
}

/** Chooses the consumer of the sound, and checks it before a model is loaded. */
async function openListener(
  { output, json }: SayOptions,
  context: CommandContext,
): Promise<(speech: Speech) => Promise<void>> {
  const { firstInterrupt: signal, environment } = context;
  if (output !== undefined) {
    if (output === "-") {
      if (json === "-") throw new UsageError("-o - and --json - cannot share standard output");
      return (speech) => sendSound(context.output, { ...speech, signal });
    }
    formatOfFile(output);
    return (speech) => writeSound(output, { ...speech, signal });
  }
  if (json !== undefined) return readAll;
  const player = await findPlayer(context);
  return (speech) => play(player, { ...speech, environment, signal });
}

async function readAll({ samples }: Speech): Promise<void> {
  const iterator = samples[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
}

async function readWords(words: readonly string[], { input }: CommandContext): Promise<string> {
  const given = words.join(" ");
  const text = given === "-" ? await readText(Readable.from(input)) : given;
  if (text.trim() === "") throw new UsageError("there is no text to say");
  return text;
}

async function* counted(samples: AsyncIterable<Int16Array>, count: (length: number) => void) {
  for await (const piece of samples) {
    count(piece.length);
    yield piece;
  }
}
