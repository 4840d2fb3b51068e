import { describe, expect, it } from "vitest";
import { judgeBargeIn, type Intrusion } from "./barge-in";
import { defaultSessionSettings } from "./settings";
import { turnsBySilence } from "./turns-by-silence";

const speaking: Intrusion = {
  text: "",
  isSpeaking: true,
  isSettled: false,
  speechMs: 200,
  recentReplyText: "Once upon a time",
  names: ["Parley", "Robin Hood"],
  mayContinue: false,
};

function judge(intrusion: Partial<Intrusion>) {
  return judgeBargeIn({ ...speaking, ...intrusion }, defaultSessionSettings);
}

const over = { isSpeaking: false, isSettled: true };

describe("judgeBargeIn", () => {
  it.each<[string, Partial<Intrusion>, string]>([
    ["a click", { speechMs: 64 }, "ignore"],
    ["speech without words yet", {}, "duck"],
    ["silence before the words are settled", { isSpeaking: false }, "duck"],
    ["speech without words for a while", { speechMs: 450 }, "duck"],
    ["long speech without words yet", { speechMs: 950 }, "hold"],
    ["a question that one look found", { guess: "what" }, "hold"],
    ["one in speech that was noticed late", { guess: "what", speechMs: 64 }, "hold"],
    ["a few letters in it", { guess: "we", speechMs: 64 }, "ignore"],
    ["a few letters that one look found", { guess: "we" }, "duck"],
    ["what an aside may begin with", { guess: "how long" }, "duck"],
    ["what one look found behind a listening sound", { guess: "oh what" }, "duck"],
    ["an echo that one look found", { guess: "upon" }, "duck"],
    ["a stop word that one look found", { guess: "stop" }, "hold"],
    ["a listening sound that one look found", { guess: "ye" }, "duck"],
    ["noise", { speechMs: 1_300 }, "resume"],
    ["speech whose words are coming", { speechMs: 1_300, areWordsComing: true }, "hold"],
    ["words that never come", { speechMs: 2_500, areWordsComing: true }, "resume"],
    ["a word that demands", { text: "actually" }, "interrupt"],
    ["a word that may only listen", { text: "lovely" }, "duck"],
    ["one that lasts", { text: "lovely", speechMs: 1_550 }, "interrupt"],
    ["a request, misheard but for its please", { text: "equiet please" }, "interrupt"],
    ["a German one", { ...over, text: "Leisah bitte." }, "interrupt"],
    ["who wants to hear more", { ...over, text: "Go on, please." }, "resume"],
    ["no, which may go on", { text: "no" }, "hold"],
    ["no that one look found", { guess: "no" }, "duck"],
    ["the beginning of a name", { guess: "robi" }, "hold"],
    ["fewer letters of it", { guess: "rob" }, "duck"],
    ["no that lasts", { text: "no", speechMs: 500 }, "interrupt"],
    ["no and words", { text: "no I" }, "interrupt"],
    ["no and a word of no kidding, misheard", { text: "no kit" }, "duck"],
    ["no and a word that is none of an aside's", { text: "no meant" }, "interrupt"],
    ["I", { text: "I" }, "duck"],
    ["I see", { text: "I see" }, "duck"],
    ["I and what somebody has to say", { text: "I want" }, "interrupt"],
    ["that's not", { text: "that's not" }, "interrupt"],
    ["a misheard name", { text: "parlally" }, "interrupt"],
    ["four words", { text: "that is not it" }, "interrupt"],
    ["a question", { text: "what" }, "interrupt"],
    ["a name", { text: "Robin" }, "interrupt"],
    ["the agent's name", { text: "oh parley" }, "interrupt"],
    ["what may go on with the question", { mayContinue: true }, "hold"],
    ["its first sound", { mayContinue: true, speechMs: 64 }, "hold"],
    ["a few words that are over", { ...over, text: "That makes sense." }, "resume"],
    ["a misheard sound that is over", { ...over, text: "a huh" }, "resume"],
    ["no way", { ...over, text: "No way!" }, "resume"],
    ["no doubt, misheard", { ...over, text: "no dout" }, "resume"],
    ["fair enough, misheard", { ...over, text: "pear enough" }, "resume"],
    ["that is enough", { text: "that is enough" }, "interrupt"],
    ["the beginning of hold on", { text: "hold" }, "interrupt"],
    ["no", { ...over, text: "No." }, "interrupt"],
    ["what admires", { text: "how lovely" }, "duck"],
    ["what agrees", { ...over, text: "Fair enough." }, "resume"],
    ["how many", { text: "how many" }, "interrupt"],
    ["one moment", { text: "one moment" }, "interrupt"],
    ["few words that took long", { ...over, text: "that thing", speechMs: 1_600 }, "interrupt"],
    ["a listening sound", { text: "mm-hmm" }, "duck"],
    ["the beginning of one", { text: "yeah ri" }, "duck"],
    ["a long one", { text: "yeah yeah yeah", speechMs: 1_600 }, "interrupt"],
    ["one and then words", { text: "yeah but" }, "interrupt"],
    ["a stop word", { text: "stop", speechMs: 64 }, "interrupt"],
    ["hold on", { text: "okay hold on" }, "interrupt"],
    ["an echo", { text: "upon a" }, "duck"],
    ["an echo and then words", { text: "upon a what" }, "interrupt"],
    ["a word with its marks", { text: "Actually," }, "interrupt"],
    ["a listening sound with its marks", { text: "Mm-hmm." }, "duck"],
    ["a stop word with its marks", { text: "Wait.", speechMs: 64 }, "interrupt"],
    ["an echo with its marks", { text: "Upon a." }, "duck"],
    ["a cough that is over", over, "resume"],
    ["a listening sound that is over", { ...over, text: "uh-huh" }, "resume"],
    ["a listening sound with its marks that is over", { ...over, text: "Right?" }, "resume"],
    ["a question that is over", { ...over, text: "What?" }, "interrupt"],
    ["an echo that is over", { ...over, text: "a time" }, "resume"],
    ["words that are over", { ...over, text: "not that" }, "interrupt"],
  ])("%s", (_, intrusion, verdict) => {
    expect(judge(intrusion)).toBe(verdict);
  });

  it("takes any speech for an interruption where silence rules", () => {
    const settings = { ...defaultSessionSettings, ...turnsBySilence };
    const speech = { ...speaking, text: "mm-hmm" };
    expect(judgeBargeIn({ ...speech, speechMs: 190 }, settings)).toBe("ignore");
    expect(judgeBargeIn({ ...speech, speechMs: 200 }, settings)).toBe("interrupt");
  });
});
