import { setTimeout as delay } from "node:timers/promises";
import { errorMessage } from "@parley/shared/errors";
import type { SideProcess } from "../support/side-process";
import type { Bounds, Expectation, Outcome, Scene, Stage } from "./scene";
import type { Watch, WatchCalls } from "./watch/watch.process";

/** Time before and after the load, in ms. */
const calmMs = 2_000;

const defaultBounds: Bounds = { growthMB: 100, healthMs: 250 };

/** A scene's figures: before it, during it and after it. */
export type SceneFigures = {
  name: string;
  about: string;
  seconds: number;
  before: Watch;
  during: Watch;
  after: Watch;
  expectations: Expectation[];
  figures: Record<string, unknown>;
};

/** Plays a scene and measures both servers and the media worker around it. */
export async function runScene(
  scene: Scene,
  stage: Stage,
  watch: SideProcess<WatchCalls>,
): Promise<SceneFigures> {
  await watch.call("take", undefined);
  await delay(calmMs);
  const before = await watch.call("take", undefined);
  const startMs = performance.now();
  const outcome = await scene.run(stage).catch(failed);
  const seconds = (performance.now() - startMs) / 1_000;
  const during = await watch.call("take", undefined);
  await delay(calmMs);
  const after = await watch.call("take", undefined);
  const bounds = { ...defaultBounds, ...scene.bounds };
  return {
    name: scene.name,
    about: scene.about,
    seconds: Math.round(seconds * 10) / 10,
    before,
    during,
    after,
    expectations: [...outcome.expectations, ...boundsOf(bounds, before, during, after)],
    figures: outcome.figures ?? {},
  };
}

function failed(error: unknown): Outcome {
  const found = errorMessage(error);
  return { expectations: [{ wanted: "the scene can be played", found, holds: false }] };
}

/** One expectation of all processes' memory, and one of both servers' health. */
function boundsOf(bounds: Bounds, before: Watch, during: Watch, after: Watch): Expectation[] {
  const grownMB = Object.entries(during.usage).map(
    ([name, { peakMB }]) => [name, peakMB - (before.usage[name]?.lastMB ?? 0)] as const,
  );
  // A server that hung to the end of the scene answers after it.
  const answerMs = Object.entries(during.health).map(
    ([name, { max }]) => [name, Math.max(max, after.health[name]?.max ?? 0)] as const,
  );
  return [
    eachAtMost("memory grows", grownMB, bounds.growthMB, "MB"),
    eachAtMost("health is told within", answerMs, bounds.healthMs, "ms"),
  ];
}

function eachAtMost(
  what: string,
  found: readonly (readonly [string, number])[],
  limit: number,
  unit: string,
): Expectation {
  return {
    wanted: `${what} ≤ ${limit} ${unit}`,
    found: found.map(([name, figure]) => `${name} ${Math.round(figure)}`).join(", "),
    holds: found.every(([, figure]) => figure <= limit),
  };
}
