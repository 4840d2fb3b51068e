import { describe, expect, it } from "vitest";
import { judgeBargeIn, type Intrusion } from "./barge-in";
import { defaultSessionSettings } from "./settings";

function judge(intrusion: Partial<Intrusion>) {
  const speaking = {
    text: "",
    isSpeaking: true,
    isSettled: false,
    speechMs: 200,
    recentReplyText: "Once upon a time",
  };
  return judgeBargeIn({ ...speaking, ...intrusion }, defaultSessionSettings);
}

const over = { isSpeaking: false, isSettled: true };

describe("judgeBargeIn", () => {
  it.each<[string, Partial<Intrusion>, string]>([
    ["a click", { speechMs: 64 }, "ignore"],
    ["speech without words yet", {}, "hold"],
    ["silence before the words are settled", { isSpeaking: false }, "hold"],
    ["noise", { speechMs: 1_300 }, "resume"],
    ["speech whose words are coming", { speechMs: 1_300, areWordsComing: true }, "hold"],
    ["words that never come", { speechMs: 2_500, areWordsComing: true }, "resume"],
    ["a word", { text: "actually" }, "interrupt"],
    ["a listening sound", { text: "mm-hmm" }, "hold"],
    ["the beginning of one", { text: "yeah ri" }, "hold"],
    ["a long one", { text: "yeah yeah yeah", speechMs: 1_600 }, "interrupt"],
    ["one and then words", { text: "yeah but" }, "interrupt"],
    ["a stop word", { text: "stop", speechMs: 64 }, "interrupt"],
    ["hold on", { text: "okay hold on" }, "interrupt"],
    ["an echo", { text: "upon a" }, "hold"],
    ["an echo and then words", { text: "upon a what" }, "interrupt"],
    ["a word with its marks", { text: "Actually," }, "interrupt"],
    ["a listening sound with its marks", { text: "Mm-hmm." }, "hold"],
    ["a stop word with its marks", { text: "Wait.", speechMs: 64 }, "interrupt"],
    ["an echo with its marks", { text: "Upon a." }, "hold"],
    ["a cough that is over", over, "resume"],
    ["a listening sound that is over", { ...over, text: "uh-huh" }, "resume"],
    ["a listening sound with its marks that is over", { ...over, text: "Right?" }, "resume"],
    ["a question that is over", { ...over, text: "What?" }, "interrupt"],
    ["an echo that is over", { ...over, text: "a time" }, "resume"],
    ["words that are over", { ...over, text: "not that" }, "interrupt"],
  ])("%s", (_, intrusion, verdict) => {
    expect(judge(intrusion)).toBe(verdict);
  });
});
