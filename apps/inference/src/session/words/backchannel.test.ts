import { expect, it } from "vitest";
import { isBackchannel, isOnlyStopPhrase, isStopPhrase } from "./backchannel";

it.each(["mm-hmm", "Yeah.", "uh-huh okay"])("only listens: %s", (text) => {
  expect(isBackchannel(text)).toBe(true);
});

it.each(["", "yeah no", "okay tell me more"])("does not only listen: %s", (text) => {
  expect(isBackchannel(text)).toBe(false);
});

it.each(["stop", "Wait!", "please hold on a second", "oh wait what"])(
  "asks to stop: %s",
  (text) => {
    expect(isStopPhrase(text)).toBe(true);
  },
);

it.each([
  ["stop", true],
  ["stop it please", true],
  ["wait wait", true],
  ["hold on a second", true],
  ["stop and tell me the time", false],
  ["yes", false],
])("%s asks for nothing but silence: %s", (text, isOnly) => {
  expect(isOnlyStopPhrase(text)).toBe(isOnly);
});
