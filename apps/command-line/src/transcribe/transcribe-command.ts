import { type Command, Option } from "commander";
import { addEngineOptions } from "../options/engine-options";
import type { CommandContext } from "../command-context";
import { transcribeFiles } from "./transcribe-files";
import type { TranscribeOptions } from "./transcribe-options";

const description = `Turns sound files into text.

WAVE files are read natively, other formats with ffmpeg where it is installed.
Words are printed as they are recognised, as [PARTIAL] lines, and the whole text
at the end as [FINAL]. Ctrl-C stops.`;

const examples = `
Examples:
  parley transcribe speech.wav
  parley transcribe --json *.mp3 > transcripts.jsonl
  parley transcribe --srt --output talk.srt talk.m4a
  parley transcribe --phrases names.txt --right-context 6 meeting.wav
  ffmpeg -i film.mkv -f wav - | parley transcribe -
  parley transcribe --wait --url http://localhost:8080 speech.wav
`;

/** @param finish receives the number of failed files */
export function addTranscribeCommand(
  program: Command,
  context: CommandContext,
  finish: (failed: number) => void,
): void {
  const command = program
    .command("transcribe")
    .summary("turn sound files into text")
    .description(description)
    .argument("<files...>", "sound files; - reads from standard input")
    .addOption(new Option("--json", "one JSON object per line and file").conflicts(["srt", "vtt"]))
    .addOption(new Option("--srt", "SubRip subtitles").conflicts("vtt"))
    .addOption(new Option("--vtt", "WebVTT subtitles"))
    .option("--output <file>", "write the transcript to a file")
    .option("--realtime", "feed the sound at the pace of speech, as if it were live")
    .addHelpText("after", examples);
  addEngineOptions(command);
  command.action(async (files: string[], options: TranscribeOptions) => {
    finish(await transcribeFiles(files, options, context));
  });
}
