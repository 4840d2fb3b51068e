import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, it } from "vitest";
import { checkModels } from "./checks/check-models";
import { FakeMachine } from "./testing/fake-machine";

const machine = new FakeMachine();
machine.files.add("/models/turn.onnx").add("/models/turn.nemo");

it.each([
  ["words-and-pauses", "good: words-and-pauses comes with Parley"],
  ["smart-turn-v3", "wrong: smart-turn-v3 is not here yet"],
  ["kokoro", "wrong: kokoro is a synthesizer, not a turn-detector"],
  ["/models/turn.onnx", "good: /models/turn.onnx"],
  ["/models/turn.nemo", "wrong: /models/turn.nemo is neither a folder nor a .onnx file"],
])("knows what hears ends of turns: %s", async (model, expected) => {
  const environment = {
    TURN_MODEL: model,
    PARLEY_CACHE: "/nowhere",
    HF_HUB_CACHE: "/nowhere",
    PARLEY_MODELS: "/nowhere",
  };
  const { signal } = new AbortController();
  const context = {
    environment,
    platform: "linux",
    machine,
    clock: new FakeClock(),
    signal,
  } as const;
  const findings = await checkModels(context);
  expect(findings.map(({ verdict, message }) => `${verdict}: ${message}`)).toEqual([expected]);
});
