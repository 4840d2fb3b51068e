import type { Percentiles } from "../support/percentiles";
import { longestCompleteMs, shortestTrailingMs, type Figures, type Share } from "./figures";

/** A line of the table: what it is, what is wanted, and how it is told of a group of scenes. */
export type FigureRow = { name: string; goal: string; tell: (figures: Figures) => string };

/** Every figure, in the order in which it is shown. */
export const figureRows: readonly FigureRow[] = [
  row("pauses to 0.7 s spoken into", "≤ 10 %", (f) => asPercent(f.spokenIntoTo700)),
  row("pauses to 1.0 s spoken into", "≤ 20 %", (f) => asPercent(f.spokenIntoTo1000)),
  row("all pauses spoken into", "–", (f) => asPercent(f.spokenIntoAll)),
  row("between sentences", "0", (f) => asCount(f.betweenSentences)),
  row("cut off in fluent words", "0", (f) => asCount(f.cutOff)),
  row("questions, commands: p50/p95/max", "p50 ≤ 400", (f) => asSpread(f.askedWaitMs)),
  row("statements: p50/p95/max", "p50 ≤ 950", (f) => asSpread(f.statementWaitMs)),
  row(`complete, over ${longestCompleteMs} ms`, "0", (f) => asCount(f.completeOverLimit)),
  row("trailing: p50/p95/max", "2,000 to 3,000", (f) => asSpread(f.trailingWaitMs)),
  row(`trailing, under ${shortestTrailingMs} ms`, "0", (f) => asCount(f.trailingHurried)),
  row("withdrawn, silent after: p50/p95/max", "max ≤ 300", (f) => asSpread(f.withdrawnAfterMs)),
  row("withdrawn, one turn", "all", (f) => asCount(f.withdrawnToOneTurn)),
  row("backchannels let through", "≥ 90 %", (f) => asPercent(f.backchannelsThrough)),
  row("backchannels that cancel", "0", (f) => asCount(f.backchannelsCancelled)),
  row("noises that cancel", "0", (f) => asCount(f.noisesCancelled)),
  row("interruptions missed", "0", (f) => asCount(f.interruptionsMissed)),
  row("onset to silence: p50/p95/max", "p50 ≤ 350", (f) => asSpread(f.silentAfterMs)),
  row("remarks between people answered", "≤ 1 of 8", (f) => asCount(f.remarksAnswered)),
  row("calls of the agent missed", "0", (f) => asCount(f.callsMissed)),
  row("spoke at once, a line lost", "0", (f) => asCount(f.overlapsLost)),
  row("television at -14 dB answered", "0", (f) => asCount(f.televisionAnswered.loud)),
  row("television at -26 dB answered", "0", (f) => asCount(f.televisionAnswered.quiet)),
  row("echo scenes that answer themselves", "0 of 50", (f) => asCount(f.echoAnswered)),
  row("echo scenes that cut themselves off", "0 of 50", (f) => asCount(f.echoInterrupts)),
];

function row(name: string, goal: string, tell: FigureRow["tell"]): FigureRow {
  return { name, goal, tell };
}

function asCount({ count, of }: Share): string {
  return of === 0 ? "–" : `${count} of ${of}`;
}

function asPercent({ count, of }: Share): string {
  return of === 0 ? "–" : `${Math.round((100 * count) / of)} % of ${of}`;
}

function asSpread(spread: Percentiles | null): string {
  if (spread === null) return "–";
  return [spread.p50, spread.p95, spread.max].map(Math.round).join("/");
}
