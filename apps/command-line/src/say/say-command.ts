import { type Command, InvalidArgumentError, Option } from "commander";
import { computeOptions } from "../options/compute-options";
import { engineUrl, wholeNumber } from "../options/option-values";
import type { CommandContext } from "../command-context";
import { players } from "./players";
import { say } from "./say";
import type { SayOptions } from "./say-options";

const description = `Speaks a text, or writes it to a sound file.

Without -o it is played by the first of these programs that is installed:
${players.map(({ name }) => name).join(", ")}. Flite speaks, unless another model is given.`;

const examples = `
Examples:
  parley say "Good evening."
  parley say "Good evening." -o evening.wav --voice rms
  parley say --model magpie-v2607 --language de "Guten Abend."
  parley say --model kokoro --voice bf_emma "Good evening."
  parley say --model magpie.nemo --codec codec.nemo --greedy --json codes.json "Good evening."
  fortune | parley say -
  fortune | parley say - -o - > fortune.wav
`;

/** Seeds that JSON and the generator both take. */
const highestSeed = 2 ** 32 - 1;

export function addSayCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("say")
    .summary("turn text into speech")
    .description(description)
    .argument("<text...>", "the text to speak; - reads it from standard input")
    .option(
      "-o, --output <file>",
      "write the sound to a file: wav, pcm, opus, mp3, flac, aac; - writes WAVE to standard output",
    )
    .option("--json <file>", "write a report of the synthesis; nothing is played")
    .option("--voice <name>", "a voice by its name, or its index from 0")
    .option("--language <tag>", "such as en or pt-BR")
    .addHelpText("after", examples);
  const engine = [
    new Option(
      "--model <path>",
      "a Magpie or Kokoro model: a folder of ONNX files, a .nemo file, or its name",
    ).conflicts("url"),
    new Option("--codec <path>", "Magpie's codec, likewise; the released one unless given"),
    new Option("--seed <number>", "the same seed gives the same sound").argParser(
      wholeNumber(0, highestSeed),
    ),
    new Option(
      "--temperature <number>",
      "of the sampling; the model's default unless given",
    ).argParser(temperature),
    new Option("--greedy", "always the likeliest code").conflicts(["seed", "temperature"]),
    new Option("--cache <on|off>", "off recomputes everything in each step").choices(["on", "off"]),
    new Option("--raw", "do not normalise or split the text"),
    ...computeOptions(),
    new Option("--url <address>", "a remote engine at http://…").argParser(engineUrl),
  ];
  for (const option of engine) command.addOption(option.helpGroup("Engine:"));
  command.action(async (words: string[], options: SayOptions) => {
    await say(words, options, context);
  });
}

/** Parses 0 to 10, with decimals. */
function temperature(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/u.test(text) && value <= 10) return value;
  throw new InvalidArgumentError("Wanted: a number from 0 to 10.");
}
