import { type Command, InvalidArgumentError, Option } from "commander";
import { computeOptions } from "../options/compute-options";
import { engineUrl, wholeNumber } from "../options/option-values";
import type { CommandContext } from "../command-context";
import { players } from "./players";
import { say } from "./say";
import type { SayOptions } from "./say-options";

const description = `Says a text, or writes it to a sound file.

Without -o it is played by the first of these programs that is installed:
${players.map(({ name }) => name).join(", ")}. Flite speaks, unless a Magpie model is given.`;

const examples = `
Examples:
  parley say "Good evening."
  parley say "Good evening." -o evening.wav --voice rms
  parley say --model magpie-v2607 --language de "Guten Abend."
  parley say --model magpie.nemo --codec codec.nemo --greedy --json codes.json "Good evening."
  fortune | parley say -
`;

/** Seeds that JSON and the generator both take. */
const highestSeed = 2 ** 32 - 1;

export function addSayCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("say")
    .summary("turn text into sound")
    .description(description)
    .argument("<text...>", "what is to be said; - is what comes in at the standard input")
    .option("-o, --output <file>", "write the sound there: wav, pcm, opus, mp3, flac, aac")
    .option("--json <file>", "what was decided on the way; without -o nothing is then heard")
    .option("--voice <name>", "a voice by its name, or its place from 0")
    .option("--language <tag>", "such as en or pt-BR")
    .addHelpText("after", examples);
  const engine = [
    new Option(
      "--model <path>",
      "a Magpie model: a folder of ONNX files, a .nemo file, or its name",
    ).conflicts("url"),
    new Option("--codec <path>", "its codec, likewise; the released one unless given"),
    new Option("--seed <number>", "the same one speaks the same way").argParser(
      wholeNumber(0, highestSeed),
    ),
    new Option("--temperature <number>", "of the sampling; the model's own unless given").argParser(
      temperature,
    ),
    new Option("--greedy", "the likeliest code each time").conflicts(["seed", "temperature"]),
    new Option("--cache <on|off>", "off computes everything anew in each step").choices([
      "on",
      "off",
    ]),
    new Option("--raw", "the text as it is, in one piece"),
    ...computeOptions(),
    new Option("--url <address>", "an engine elsewhere, at http://…").argParser(engineUrl),
  ];
  for (const option of engine) command.addOption(option.helpGroup("Engine:"));
  command.action(async (words: string[], options: SayOptions) => {
    await say(words, options, context);
  });
}

/** Reads 0 to 10, with decimals. */
function temperature(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/u.test(text) && value <= 10) return value;
  throw new InvalidArgumentError("Wanted: a number from 0 to 10.");
}
