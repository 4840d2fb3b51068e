import { printTable } from "../support/table";
import { conditionNames, type ConditionName } from "./conditions/conditions";
import type { NotMeasured } from "./evaluation-audio/make-audio";
import type { NonSpeechFigures } from "./measure-non-speech";
import type { Speed } from "./measure-speed";
import type { WordFigures } from "./measure-words";

/** The mean over voices of one set, those of training and others apart. */
export type Mean = {
  set: string;
  isTrained: boolean;
  voices: number;
  errorPercent: Partial<Record<ConditionName, number>>;
  wholePercent: number;
};

export function meansOf(figures: readonly WordFigures[]): Mean[] {
  const sets = [...new Set(figures.map(({ set }) => set))];
  return sets.flatMap((set) =>
    [true, false].flatMap((isTrained) => {
      const group = figures.filter((row) => row.set === set && row.isTrained === isTrained);
      if (group.length === 0) return [];
      const errorPercent: Mean["errorPercent"] = {};
      for (const name of conditionNames) {
        errorPercent[name] = mean(group.map((row) => row.errorPercent[name] ?? Number.NaN));
      }
      const wholePercent = mean(group.map((row) => row.wholePercent));
      return [{ set, isTrained, voices: group.length, errorPercent, wholePercent }];
    }),
  );
}

function mean(values: readonly number[]): number {
  return Math.round((10 * values.reduce((sum, value) => sum + value, 0)) / values.length) / 10;
}

export function printWords(figures: readonly WordFigures[]): void {
  console.log("\nWord errors in %, and utterances without any (clean). * = not in training:");
  printTable(
    ["set", "voice", "words", "whole", ...conditionNames],
    [
      ...figures.map((row) => [
        row.set,
        `${row.voice}${row.isTrained ? "" : " *"}`,
        row.words,
        `${row.wholePercent} %`,
        ...columns(row),
      ]),
      ...meansOf(figures).map((row) => [
        row.set,
        `mean of ${row.voices} voices${row.isTrained ? "" : " *"}`,
        "",
        `${row.wholePercent} %`,
        ...columns(row),
      ]),
    ],
  );
}

function columns({ errorPercent }: Pick<Mean, "errorPercent">): string[] {
  return conditionNames.map((name) => errorPercent[name]?.toFixed(1) ?? "");
}

export function printNotMeasured(rows: readonly NotMeasured[]): void {
  for (const { set, voice, reason } of rows) {
    console.log(`Not measured: ${voice} in "${set}": ${reason}`);
  }
}

export function printNonSpeech(rows: readonly NonSpeechFigures[]): void {
  const words = rows.filter(({ heard }) => heard !== "");
  console.log(`\n${rows.length - words.length} of ${rows.length} sounds without words gave none.`);
  for (const { sound, heard } of words) console.log(`  ${sound}: "${heard}"`);
}

export function printSpeed(speed: Speed): void {
  console.log(
    `\nOne stream takes ${speed.corePercent} % of one core, each of eight ${speed.corePercentOfEight} %;` +
      ` loading ${speed.loadMs} ms, ${speed.residentMiB} MiB and ${speed.streamMiB} MiB a stream.`,
  );
}
