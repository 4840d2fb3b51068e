import type { Page } from "@playwright/test";
import type { RoomPage } from "../../e2e/support/room-page";

/** A Parley of the bench's own, under load, and an honest talker in one of its rooms. */
export type Stage = {
  /** Port of the page. */
  port: number;
  inferencePort: number;
  /** That both servers share. */
  inferenceKey: string;
  /** Where rooms are kept. */
  dataFolder: string;
  /** The honest talker, who sits in a room from the start to the end of the bench. */
  talker: RoomPage;
  page: Page;
  signal: AbortSignal;
};

/** One thing that was expected of Parley under load, and whether it held. */
export type Expectation = { wanted: string; found: string; holds: boolean };

/** Limits that every scene is held to unless it names others. */
export type Bounds = {
  /** Growth of one process's resident memory, in MB, from before the scene to its peak. */
  growthMB: number;
  /** Longest answer of either server's `/health`, in ms. */
  healthMs: number;
};

export type Outcome = {
  expectations: Expectation[];
  /** Further figures for the results. */
  figures?: Record<string, unknown>;
};

/** One way to overload Parley, bounded in time and on loopback alone. */
export type Scene = {
  name: string;
  /** What is done, in a line. */
  about: string;
  bounds?: Partial<Bounds>;
  /** Resolves when the load is over, with nothing of it left. */
  run(stage: Stage): Promise<Outcome>;
};

/** An expectation of a number. @param unit behind the figures, such as " ms" */
export function atMost(what: string, found: number, limit: number, unit = ""): Expectation {
  return {
    wanted: `${what} ≤ ${limit}${unit}`,
    found: `${Math.round(found * 10) / 10}${unit}`,
    holds: found <= limit,
  };
}

/** An expectation of a number. @param unit behind the figures, such as " ms" */
export function atLeast(what: string, found: number, limit: number, unit = ""): Expectation {
  return {
    wanted: `${what} ≥ ${limit}${unit}`,
    found: `${Math.round(found * 10) / 10}${unit}`,
    holds: found >= limit,
  };
}
