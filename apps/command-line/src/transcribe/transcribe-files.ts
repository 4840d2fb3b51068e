import { failureMessage, UsageError } from "../failures";
import type { CommandContext } from "../command-context";
import type { FileTranscriber } from "./file-transcriber";
import { openTranscriber } from "./open-transcriber";
import { Progress } from "./progress";
import { openResults, type Results } from "./results";
import { openSoundFile } from "./sound-file";
import { SpokenLines } from "./spoken-lines";
import { formatOf, type TranscribeOptions } from "./transcribe-options";
import { formatTranscript } from "./transcript-format";

/**
 * Transcribes one file after another with one engine. A failing file is reported, and the next one
 * follows.
 *
 * @returns the number of failed files
 */
export async function transcribeFiles(
  files: readonly string[],
  options: TranscribeOptions,
  context: CommandContext,
): Promise<number> {
  const format = formatOf(options);
  if (files.length > 1 && (format === "srt" || format === "vtt")) {
    throw new UsageError("subtitles need exactly one file");
  }
  const { firstInterrupt: signal, errors } = context;
  const transcriber = await openTranscriber(options, context, signal);
  let results: Results | null = null;
  let failed = 0;
  try {
    results = await openResults(options.output ?? null, context.output);
    const isNamed = files.length > 1;
    const job = { options, context, transcriber, results, isNamed };
    for (const path of files) {
      try {
        await transcribeFile(path, job);
      } catch (error) {
        signal.throwIfAborted();
        failed++;
        errors.write(`parley: ${path}: ${failureMessage(error)}\n`);
      }
    }
  } finally {
    await results?.close();
    await transcriber.close();
  }
  return failed;
}

type Job = {
  options: TranscribeOptions;
  context: CommandContext;
  transcriber: FileTranscriber;
  results: Results;
  /** Whether the file's name is printed before its text. */
  isNamed: boolean;
};

async function transcribeFile(path: string, job: Job): Promise<void> {
  const { context, transcriber, results, options } = job;
  const { clock, input, output, errors, firstInterrupt: signal } = context;
  const format = formatOf(options);
  const lines = format === "text" ? new SpokenLines(output) : null;
  let progress: Progress | null = null;
  const file = await openSoundFile(path, input, (bytes) => {
    progress?.advance(bytes);
  });
  if (lines !== null && job.isNamed) output.write(`Audio file: ${path}\n`);
  const began = clock.now();
  const shown = new Progress(errors, path, file.size);
  progress = shown;
  const onPartial = (text: string) => {
    if (lines?.isNew(text) !== true) return;
    shown.aside(() => {
      lines.partial(text);
    });
  };
  const transcript = await transcriber.transcribe(file, onPartial, signal).finally(() => {
    shown.end();
  });
  const tookSeconds = (clock.now() - began) / 1_000;
  lines?.final(transcript.text);
  for (const remark of transcript.remarks) {
    errors.write(`parley: ${path}: ${failureMessage(new Error(remark))}\n`);
  }
  if (lines === null || options.output !== undefined) {
    const report = { file: path, model: transcriber.model, transcript, tookSeconds };
    await results.write(formatTranscript(format, report));
  }
}
