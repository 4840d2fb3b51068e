import type { Command } from "commander";
import type { CommandContext } from "../command-context";
import { diagnose } from "./diagnose";
import { diagnosisText } from "./diagnosis-text";

type DoctorOptions = { all?: true; json?: true };

const description = `Checks the settings and this machine, and changes nothing.

Shows which settings are set, which are wrong or misspelt, and whether the
folders, models, ports and programs that they need are there. A chat server
is asked for one short answer, a TURN server for a relay.
It reads its own environment: run it in the same way as Parley.`;

const examples = `
Examples:
  parley doctor
  PORT=7900 LLM_BASE_URL=http://localhost:8000/v1 parley doctor
  parley doctor --json | jq '.findings[] | select(.verdict == "wrong")'
`;

/** @param finish receives the number of faults */
export function addDoctorCommand(
  program: Command,
  context: CommandContext,
  finish: (failed: number) => void,
): void {
  program
    .command("doctor")
    .summary("find out why Parley does not run")
    .description(description)
    .option("--all", "show unset settings, too, with their defaults")
    .option("--json", "the full result as JSON")
    .addHelpText("after", examples)
    .action(async (options: DoctorOptions) => {
      const { output, firstInterrupt } = context;
      const diagnosis = await diagnose({ ...context, signal: firstInterrupt });
      output.write(
        options.json === true
          ? `${JSON.stringify(diagnosis, null, 2)}\n`
          : diagnosisText(diagnosis, options.all === true),
      );
      finish(diagnosis.findings.filter(({ verdict }) => verdict === "wrong").length);
    });
}
