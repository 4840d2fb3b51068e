import type { PersonRecording } from "@parley/speech/testing/people";
import { scoredWordErrors } from "@parley/speech/testing/scored-words";
import { conditionNames, conditions, type ConditionName } from "./conditions";
import { hearInRoom, type Hearing } from "./hearing/hear-in-room";
import { inSilence } from "./hearing/in-silence";

/** Word errors in one group of recordings, under one condition. */
export type WordFigures = {
  /** "all" for every recording. */
  group: string;
  condition: ConditionName;
  recordings: number;
  words: number;
  errors: number;
  /** Words inserted, lost or replaced, in per cent of those said. */
  errorPercent: number;
  /** Recordings without any error. */
  whole: number;
};

/** A recording of which something was heard otherwise. */
export type Misheard = {
  recording: string;
  condition: ConditionName;
  errors: number;
  said: string;
  heard: string;
};

type Scored = { group: string; condition: ConditionName; errors: number; words: number };

/** What a room writes down of every recording, under every condition. */
export async function measureWords(
  hearing: Hearing,
  recordings: readonly PersonRecording[],
): Promise<{ figures: WordFigures[]; misheard: Misheard[] }> {
  const scored: Scored[] = [];
  const misheard: Misheard[] = [];
  for (const condition of conditionNames) {
    for (const [index, { file, group, words: said, samples }] of recordings.entries()) {
      const sound = await conditions[condition](inSilence(samples), index + 1);
      const heard = (await hearInRoom(hearing, sound)).join(" ");
      const score = scoredWordErrors(said, heard);
      scored.push({ group, condition, ...score });
      const { errors } = score;
      if (errors > 0) misheard.push({ recording: file, condition, errors, said, heard });
    }
  }
  return { figures: summarise(scored), misheard };
}

function summarise(scored: readonly Scored[]): WordFigures[] {
  const groups = ["all", ...new Set(scored.map(({ group }) => group))];
  return groups.flatMap((group) =>
    conditionNames.map((condition) => {
      const rows = scored.filter(
        (row) => row.condition === condition && (group === "all" || row.group === group),
      );
      const words = rows.reduce((sum, row) => sum + row.words, 0);
      const errors = rows.reduce((sum, row) => sum + row.errors, 0);
      return {
        group,
        condition,
        recordings: rows.length,
        words,
        errors,
        errorPercent: Math.round((1_000 * errors) / Math.max(1, words)) / 10,
        whole: rows.filter((row) => row.errors === 0).length,
      };
    }),
  );
}
