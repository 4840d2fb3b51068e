import type { Command } from "commander";
import { openRecognizerSource } from "../engine/recognizer-source";
import { UsageError } from "../failures";
import { addEngineOptions, type EngineOptions, toStreamOptions } from "../options/engine-options";
import type { CommandContext } from "../command-context";
import { findRecorder } from "./find-recorder";
import { listen } from "./listen";
import { LiveLine } from "./live-line";
import { listDevices, record } from "./record";
import { recorders, type Recorder } from "./recorders";

type MicrophoneOptions = EngineOptions & { list?: true; device?: string; recorder?: string };

const description = `Transcribes a microphone until Ctrl-C.

The sound comes from the first of these programs that is installed: ${namesOf(recorders)}.`;

const examples = `
Examples:
  parley mic
  parley mic --list
  parley mic --recorder arecord --device plughw:1,0
  parley mic --url ws://localhost:8080
`;

export function addMicrophoneCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("mic")
    .summary("transcribe a microphone")
    .description(description)
    .option("--list", "list the devices and exit")
    .option("--device <name>", "a device from --list; the system's default unless given")
    .option("--recorder <program>", `one of ${namesOf(recorders)}`)
    .addHelpText("after", examples);
  addEngineOptions(command);
  command.action(async (options: MicrophoneOptions) => {
    const recorder = await findRecorder(options.recorder, context);
    if (options.list === true) await writeDevices(recorder, context);
    else await listenToMicrophone(recorder, options, context);
  });
}

async function writeDevices(recorder: Recorder, context: CommandContext): Promise<void> {
  const { output, environment, platform } = context;
  if (recorder.list === null) throw new UsageError(`${recorder.name} cannot list devices`);
  output.write(await listDevices(recorder.list(platform), environment));
}

/** The first Ctrl-C ends the recording and settles the words; the second exits at once. */
async function listenToMicrophone(
  recorder: Recorder,
  options: MicrophoneOptions,
  context: CommandContext,
): Promise<void> {
  const { firstInterrupt, secondInterrupt, output, errors, environment, platform } = context;
  if (options.url !== undefined && !/^wss?:$/u.test(options.url.protocol)) {
    throw new UsageError("mic needs a local engine or one at ws://");
  }
  if (options.offline === true) throw new UsageError("--offline is for files");
  const streamOptions = await toStreamOptions(options, false);
  const invocation = recorder.record(options.device ?? null, platform);
  const { recognizer } = await openRecognizerSource(options, context, firstInterrupt);
  try {
    const stream = await recognizer.open(streamOptions);
    const leave = () => {
      stream.close();
    };
    secondInterrupt.addEventListener("abort", leave, { once: true });
    errors.write(`Listening through ${recorder.name}; Ctrl-C ends it.\n`);
    const sound = record({
      program: recorder.name,
      arguments: invocation.arguments,
      environment: { ...environment, ...invocation.environment },
      stop: firstInterrupt,
    });
    await listen(sound, stream, new LiveLine(output));
  } finally {
    await recognizer.close();
  }
}

function namesOf(list: readonly Recorder[]): string {
  return list.map(({ name }) => name).join(", ");
}
