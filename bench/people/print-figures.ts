import { printTable } from "../support/table";
import { conditionNames } from "./conditions";
import type { NonSpeechFigures } from "./measure-non-speech";
import type { Misheard, WordFigures } from "./measure-words";
import type { SpeedFigures, Spread } from "./speed/measure-speed";

/** What was measured of one ear. */
export type EarFigures = {
  ear: string;
  words: WordFigures[];
  misheard: Misheard[];
  nonSpeech: NonSpeechFigures | null;
  speed: SpeedFigures | null;
};

export function printWords(ears: readonly EarFigures[]): void {
  console.log("\nWord errors in %, and whole recordings of all (clean):");
  printTable(
    ["ear", "group", "recordings", "words", "whole", ...conditionNames],
    ears.flatMap(({ ear, words }) =>
      [...new Set(words.map(({ group }) => group))].map((group) => {
        const rows = words.filter((row) => row.group === group);
        const clean = rows.find(({ condition }) => condition === "clean");
        return [
          ear,
          group,
          clean?.recordings ?? 0,
          clean?.words ?? 0,
          clean?.whole ?? 0,
          ...conditionNames.map((name) =>
            String(rows.find(({ condition }) => condition === name)?.errorPercent.toFixed(1)),
          ),
        ];
      }),
    ),
  );
}

export function printMisheard({ ear, misheard }: EarFigures): void {
  const clean = misheard.filter(({ condition }) => condition === "clean");
  console.log(`\n${ear} misheard ${clean.length} clean recordings:`);
  for (const { recording, errors, said, heard } of clean) {
    console.log(`  ${recording} (${errors}): "${said}"\n    heard: "${heard}"`);
  }
}

export function printNonSpeech({ ear, nonSpeech }: EarFigures): void {
  if (nonSpeech === null) return;
  const { sounds, roomFalse, doorFalse, heard } = nonSpeech;
  console.log(
    `\n${ear} heard words in ${roomFalse} of ${sounds} sounds without speech in a room,` +
      ` in ${doorFalse} of them as files:`,
  );
  for (const { sound, room, door } of heard) {
    console.log(`  ${sound}: room "${room}", file "${door}"`);
  }
}

export function printSpeed({ ear, speed }: EarFigures): void {
  if (speed === null) return;
  const { loadMs, residentMiB, partials, finals, speakers } = speed;
  console.log(
    `\n${ear}: loaded in ${loadMs} ms, ${residentMiB} MiB;` +
      ` one speaker takes ${partials.corePercent} % of a core.\n`,
  );
  printTable(
    ["ms", "count", "mean", "p50", "p95", "max"],
    [
      ["processor for 320 ms", ...columns(partials.step)],
      ...Object.entries(finals).map(([seconds, spread]) => [
        `final after ${seconds} s`,
        ...columns(spread),
      ]),
    ],
  );
  if (speakers.length === 0) return;
  console.log("\nSpeaking at once, times in ms:");
  printTable(
    ["cores", "speakers", "% of a core", "MiB", "turns", "words after", "final p50", "final p95"],
    speakers.map((row) => [
      row.cores,
      row.speakers,
      row.corePercent,
      row.residentMiB,
      row.turns,
      row.firstWords.p50,
      row.settle.p50,
      row.settle.p95,
    ]),
  );
  for (const { cores, speakers: count, failures } of speakers) {
    if (failures.length === 0) continue;
    console.log(`  ${failures.length} of ${count} on ${cores} failed: ${failures[0]}`);
  }
}

function columns({ count, mean, p50, p95, max }: Spread): number[] {
  return [count, mean, p50, p95, max];
}
