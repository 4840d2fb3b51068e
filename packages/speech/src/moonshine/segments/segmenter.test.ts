import { describe, expect, it } from "vitest";
import { windowSamples } from "./segment-sound";
import { Segmenter } from "./segmenter";

/** Steps through probabilities; windows carry their number. @returns ended and open segments in windows */
function cut(probabilities: readonly number[]) {
  const segmenter = new Segmenter();
  const ended: { start: number; windows: number }[] = [];
  const sizeOf = (segment: { start: number; probabilities: readonly number[] }) => ({
    start: segment.start / windowSamples,
    windows: segment.probabilities.length,
  });
  probabilities.forEach((probability, index) => {
    const step = segmenter.step(new Int16Array(windowSamples).fill(index), probability);
    if (step.ended !== null) ended.push(sizeOf(step.ended));
  });
  const { current } = segmenter;
  return { ended, open: current === null ? null : sizeOf(current), current };
}

const windows = (count: number, probability: number) =>
  Array.from({ length: count }, () => probability);
const [speech, silence] = [0.9, 0.05];

describe("Segmenter", () => {
  it("opens at the second voiced window, with 700 ms before it", () => {
    expect(cut([...windows(20, silence), speech]).open).toBeNull();
    const { open, current } = cut([...windows(32, silence), speech, speech, speech]);
    expect(open).toEqual({ start: 12, windows: 23 });
    expect(Math.round((current?.view()[0] ?? 0) * 32_768)).toBe(12);
  });

  it("hears nothing in silence, and no click", () => {
    expect(cut(windows(500, silence))).toMatchObject({ ended: [], open: null });
    expect(cut([speech, silence, speech, silence]).open).toBeNull();
  });

  it("goes on over short pauses and ends at long ones", () => {
    const said = [...windows(10, speech), ...windows(20, silence), ...windows(10, speech)];
    expect(cut(said)).toMatchObject({ ended: [], open: { start: 0, windows: 40 } });
    expect(cut([...windows(10, speech), ...windows(40, silence)])).toMatchObject({
      ended: [{ start: 0, windows: 35 }],
      open: null,
    });
  });

  it("ends at the next pause beyond eight seconds, and shares the silence with the next", () => {
    const { ended, open } = cut([
      ...windows(260, speech),
      ...windows(4, silence),
      ...windows(10, speech),
    ]);
    expect(ended).toEqual([{ start: 0, windows: 264 }]);
    expect(open).toEqual({ start: 260, windows: 14 });
  });

  it("cuts speech without pauses at its quietest place before ten seconds", () => {
    const said = [...windows(280, speech), 0.6, ...windows(50, speech)];
    const { ended, open, current } = cut(said);
    expect(ended).toEqual([{ start: 0, windows: 280 }]);
    expect(open).toEqual({ start: 280, windows: 51 });
    expect(Math.round((current?.view()[0] ?? 0) * 32_768)).toBe(280);
  });

  it("loses no window of speech and repeats none, whatever the speech", () => {
    const probabilities = Array.from({ length: 3_000 }, (_, index) =>
      index % 97 < 70 + (index % 5) ? speech : silence,
    );
    const { ended, open } = cut(probabilities);
    let end = 0;
    for (const { start, windows: count } of [...ended, open ?? { start: 3_000, windows: 0 }]) {
      const missed = probabilities.slice(end, start);
      const shared = probabilities.slice(start, end);
      expect(missed.concat(shared)).not.toContain(speech);
      expect(count).toBeLessThanOrEqual(313);
      end = start + count;
    }
    expect(ended.length).toBeGreaterThan(3);
  });
});
