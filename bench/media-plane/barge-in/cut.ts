import type { ProbedChunk } from "../../../e2e/support/audio-probe";

/** Sound after this is no tail of what was cut. */
const watchedMs = 1_500;

/** How one page heard a reply being cut, in ms. */
export type Cut = {
  /** From the click in whichever page to the last audible chunk in this one. */
  clickToSilence: number;
  /** From the click to the flush that the server sends once it has decided. */
  clickToFlush: number | null;
  /** From the flush to the last audible chunk; negative when it was silent before. */
  flushToSilence: number | null;
};

/** @returns null when the agent was not heard around the click: then there was nothing to cut. */
export function measureCut(heard: {
  chunks: readonly ProbedChunk[];
  audibleLevel: number;
  clickAtMs: number;
  flushAtMs: number | null;
}): Cut | null {
  const { clickAtMs, flushAtMs } = heard;
  const audible = heard.chunks.filter(
    ({ atMs, level }) => level > heard.audibleLevel && atMs < clickAtMs + watchedMs,
  );
  const last = audible.at(-1);
  // A pause between words of 60 ms would pass for a quick cut.
  if (last === undefined || last.atMs < clickAtMs - 60) return null;
  return {
    clickToSilence: last.atMs - clickAtMs,
    clickToFlush: flushAtMs === null ? null : flushAtMs - clickAtMs,
    flushToSilence: flushAtMs === null ? null : last.atMs - flushAtMs,
  };
}
