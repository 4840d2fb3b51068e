import { expect, it } from "vitest";
import { isBackchannel, isOnlyStopPhrase, isStopPhrase, mayBecomeBackchannel } from "./backchannel";

it.each([
  "mm-hmm",
  "Mm-hmm.",
  "mm hmm",
  "Yeah, yeah.",
  "uh-huh okay",
  "Uh-huh, okay.",
  "Right?",
  "OK!",
])("only listens: %s", (text) => {
  expect(isBackchannel(text)).toBe(true);
});

it.each(["", "...", "yeah no", "Yeah, no.", "okay tell me more", "What?", "Okay. Tell me more."])(
  "does not only listen: %s",
  (text) => {
    expect(isBackchannel(text)).toBe(false);
  },
);

it.each([
  "stop",
  "Stop.",
  "Wait!",
  "wait-",
  "No, no.",
  "please hold on a second",
  "Hold on.",
  "Oh, wait. What?",
  "That is enough.",
  "One moment.",
  "just a second please",
])("asks to stop: %s", (text) => {
  expect(isStopPhrase(text)).toBe(true);
});

it.each(["Fair enough.", "good enough for me", "in a moment"])("does not: %s", (text) => {
  expect(isStopPhrase(text)).toBe(false);
});

it.each([
  ["stop", true],
  ["Stop.", true],
  ["Just a moment, please.", true],
  ["Stop it, please.", true],
  ["Okay. Wait!", true],
  ["Wait, what?", false],
  ["stop it please", true],
  ["wait wait", true],
  ["hold on a second", true],
  ["stop and tell me the time", false],
  ["yes", false],
])("%s asks for nothing but silence: %s", (text, isOnly) => {
  expect(isOnlyStopPhrase(text)).toBe(isOnly);
});

it.each([
  ["ye", true],
  ["Okay, ri", true],
  ["Mm-h", true],
  ["Yeah. But", false],
])("%s may become a sound of listening: %s", (text, may) => {
  expect(mayBecomeBackchannel(text)).toBe(may);
});
