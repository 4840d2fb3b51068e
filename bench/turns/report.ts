import { formatTable } from "../support/table";
import { figuresOf } from "./figures";
import { missesOf } from "./misses";
import type { JudgedScene } from "./outcomes/outcome";
import { figureRows } from "./rows";
import { sceneSets } from "./scenes/scene";

/** Everything that is told of a run, as text. */
export function report(scenes: readonly JudgedScene[]): string {
  const byPolicy = groups(scenes, ({ policy, set }) => `${policy} ${set}`);
  const policies = groups(scenes, ({ policy }) => policy);
  const [ours] = policies;
  const byVoice = groups(ours?.scenes ?? [], ({ voice }) => `voice ${voice}`);
  return [
    "Policies, by set of scenes, all voices. Times in ms.\n",
    tableOf([...policies, ...inSetOrder(byPolicy)]),
    `\n${ours?.name ?? ""}, by voice:\n`,
    tableOf(byVoice),
    `\nMisses of ${ours?.name ?? ""}:\n`,
    ...missesOf(ours?.scenes ?? []).map(
      ({ voice, id, text, lines, what }) =>
        `  ${id} (${voice}): ${what}\n    "${text}" heard as ${JSON.stringify(lines)}`,
    ),
  ].join("\n");
}

type Group = { name: string; scenes: JudgedScene[] };

function groups(scenes: readonly JudgedScene[], nameOf: (scene: JudgedScene) => string): Group[] {
  const names = [...new Set(scenes.map(nameOf))];
  return names.map((name) => ({ name, scenes: scenes.filter((one) => nameOf(one) === name) }));
}

function inSetOrder(found: readonly Group[]): Group[] {
  return sceneSets.flatMap((set) => found.filter(({ name }) => name.endsWith(` ${set}`)));
}

function tableOf(found: readonly Group[]): string {
  const figures = found.map(({ scenes }) => figuresOf(scenes));
  return formatTable(
    ["", "goal", ...found.map(({ name }) => name)],
    figureRows.map(({ name, goal, tell }) => [name, goal, ...figures.map(tell)]),
  );
}
