import { Command, CommanderError } from "commander";
import { addDoctorCommand } from "./doctor/doctor-command";
import { addGpuCommand } from "./gpu/gpu-command";
import { failureMessage, UsageError } from "./failures";
import { addMicrophoneCommand } from "./microphone/microphone-command";
import { addModelsCommand } from "./models/models-command";
import { addSayCommand } from "./say/say-command";
import type { CommandContext } from "./command-context";
import { addTranscribeCommand } from "./transcribe/transcribe-command";
import { parleyVersion } from "./parley-version";

/** Exit codes for the shell. */
export const exitCodes = { success: 0, failed: 1, usage: 2, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Runs one command to its end and closes every engine that it opened.
 *
 * @param words the command line after the program's name
 */
export async function runParley(
  words: readonly string[],
  context: CommandContext,
): Promise<ExitCode> {
  let code: ExitCode = exitCodes.success;
  const { output, errors } = context;
  const program = new Command("parley")
    .description("Speech to text and text to speech on hardware that people own.")
    .version(parleyVersion())
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: (text) => errors.write(text),
      outputError: (text) => errors.write(complaint(text.replace(/^error: /u, ""))),
    })
    .addHelpText("after", "\nParley's other commands are npm scripts: npm start runs it.\n");
  const finish = (failed: number) => {
    if (failed > 0) code = exitCodes.failed;
  };
  addTranscribeCommand(program, context, finish);
  addMicrophoneCommand(program, context);
  addSayCommand(program, context);
  addModelsCommand(program, context, finish);
  addGpuCommand(program, context);
  addDoctorCommand(program, context, finish);
  try {
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    }
    if (context.firstInterrupt.aborted) return exitCodes.interrupted;
    errors.write(complaint(failureMessage(error)));
    return error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
  }
}

function complaint(text: string): string {
  return `parley: ${text.trim().replaceAll(/\s*\n\s*/gu, " ")}\n`;
}
