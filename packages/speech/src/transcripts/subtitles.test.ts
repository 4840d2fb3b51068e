import { describe, expect, it } from "vitest";
import type { RecognizedWord } from "../contracts/recognizer";
import { cutIntoCues } from "./cues";
import { toSubRip, toWebVtt } from "./subtitles";

/** Words of 240 ms, each 300 ms after the one before; a number in the text is a pause in ms. */
function said(text: string, startMs = 0): RecognizedWord[] {
  const words: RecognizedWord[] = [];
  let atMs = startMs;
  for (const part of text.split(" ")) {
    if (/^\d+$/u.test(part)) {
      atMs += Number(part);
      continue;
    }
    words.push({ text: part, startMs: atMs, endMs: atMs + 240, confidence: 0.9 });
    atMs += 300;
  }
  return words;
}

const lines = (text: string) => cutIntoCues(said(text)).map((cue) => cue.lines);

describe("cutIntoCues", () => {
  it("cuts at sentence ends and at pauses", () => {
    expect(lines('Good morning. Is it "late?" Yes, 3.5 hours')).toEqual([
      ["Good morning."],
      ['Is it "late?"'],
      ["Yes, 3.5 hours"],
    ]);
    expect(lines("Ask Dr. J. Smith. Now.")).toEqual([["Ask Dr. J. Smith."], ["Now."]]);
    expect(lines("so what 800 is it 400 now")).toEqual([["so what"], ["is it now"]]);
    expect(cutIntoCues([])).toEqual([]);
  });

  it("fills two lines of 42 characters at most, and seven seconds", () => {
    const cues = cutIntoCues(said("characteristically ".repeat(10).trim()));
    for (const cue of cues) {
      expect(cue.lines.length).toBeLessThanOrEqual(2);
      for (const line of cue.lines) expect(line.length).toBeLessThanOrEqual(42);
    }
    expect(cues.flatMap(({ words }) => words)).toHaveLength(10);
    const brief = cutIntoCues(said("a ".repeat(60).trim()));
    expect(brief.map(({ startMs, endMs }) => endMs - startMs)).toEqual([6_840, 6_840, 4_140]);
  });

  it("leaves a long word whole", () => {
    const word = "x".repeat(100);
    expect(lines(`so ${word} it is`)).toEqual([["so", word], ["it is"]]);
  });
});

describe("subtitles", () => {
  const words = said("Hello, you. 59900 3540000 Is <this> R&D?");

  it("are written as SubRip", () => {
    expect(toSubRip(words)).toBe(
      [
        "1\n00:00:00,000 --> 00:00:01,000\nHello, you.\n",
        "2\n01:00:00,500 --> 01:00:01,500\nIs <this> R&D?\n",
      ].join("\n"),
    );
    expect(toSubRip([])).toBe("");
  });

  it("are written as WebVTT, with its special characters escaped", () => {
    expect(toWebVtt(words)).toBe(
      [
        "WEBVTT\n",
        "00:00:00.000 --> 00:00:01.000\nHello, you.\n",
        "01:00:00.500 --> 01:00:01.500\nIs &lt;this&gt; R&amp;D?\n",
      ].join("\n"),
    );
    expect(toWebVtt([])).toBe("WEBVTT\n");
  });

  it("end before the next cue starts", () => {
    expect(toSubRip(said("No. No."))).toContain("00:00:00,000 --> 00:00:00,300");
  });
});
