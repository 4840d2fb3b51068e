import { describe, expect, it } from "vitest";
import { ChosenSilence } from "./chosen-silence";

/** Sends the pieces. @returns what is left of them */
function filtered(...pieces: string[]) {
  const silence = new ChosenSilence();
  const text = pieces.map((piece) => silence.push(piece)).join("") + silence.flush();
  return { text, isChosen: silence.isChosen };
}

describe("an answer that is silence", () => {
  it.each([
    [["(silence)"]],
    [["(sil", "ence", ")"]],
    [["(Silence)."]],
    [[" *(silence)*", "\n"]],
    [["[silence]"]],
    [["(", " ", "s", "i", "l", "ence", " ", ")"]],
  ])("leaves nothing: %j", (pieces) => {
    expect(filtered(...pieces)).toEqual({ text: "", isChosen: true });
  });

  it.each([
    [["Silence."], "Silence."],
    [["(laughs) ", "Well."], "(laughs) Well."],
    [["(sil", "ly) me"], "(silly) me"],
    [["(sil"], "(sil"],
    [["(silence)", " Well, it is noon."], "Well, it is noon."],
    [["It is ", "(silence)"], "It is (silence)"],
    [[], ""],
  ])("is no other one: %j", (pieces, text) => {
    expect(filtered(...pieces)).toEqual({ text, isChosen: false });
  });
});
