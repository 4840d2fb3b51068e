import { awaitEngine } from "../engine/await-engine";
import { openRecognizerSource } from "../engine/recognizer-source";
import { UsageError } from "../failures";
import { toStreamOptions } from "../options/engine-options";
import type { CommandContext } from "../command-context";
import type { FileTranscriber } from "./file-transcriber";
import { RecognizerTranscriber } from "./recognizer-transcriber";
import { ServiceTranscriber } from "./service-transcriber";
import type { TranscribeOptions } from "./transcribe-options";

/** Opens the engine that the options select: a local or a remote one. */
export async function openTranscriber(
  options: TranscribeOptions,
  context: CommandContext,
  signal: AbortSignal,
): Promise<FileTranscriber> {
  const { url, language } = options;
  const isRealtime = options.realtime === true;
  const streamOptions = await toStreamOptions(options, !isRealtime);
  if (url !== undefined && /^https?:$/u.test(url.protocol)) {
    if (isRealtime) throw new UsageError("--realtime needs a local engine or one at ws://");
    await awaitEngine(options, context, signal);
    const { phrases = [] } = streamOptions;
    return new ServiceTranscriber({ url, phrases, language: language ?? null });
  }
  const source = await openRecognizerSource(options, context, signal);
  const { decodeAudio, clock } = context;
  return new RecognizerTranscriber({ source, streamOptions, decodeAudio, clock, isRealtime });
}
