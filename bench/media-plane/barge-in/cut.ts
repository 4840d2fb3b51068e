import type { ProbedChunk } from "../../../e2e/support/audio-probe";

/** Sound later than this is not a tail of the cut reply. */
const watchedMs = 1_500;

/** A cut reply as one page received it, in ms. */
export type Cut = {
  /** From the click in whichever page to the last audible chunk in this one. */
  clickToSilence: number;
  /** From the click to the flush that the server sends once it has decided. */
  clickToFlush: number | null;
  /** From the flush to the last audible chunk; negative when it was silent before. */
  flushToSilence: number | null;
};

/** @returns null when the agent was silent around the click: there was nothing to cut. */
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
