import {
  scriptedRecognizer,
  scriptedRecognizerStream,
} from "@parley/speech/testing/scripted-models";
import { expect, it } from "vitest";
import { RealtimeScript } from "../../../testing/realtime-script";

it("has the recogniser listen for what a transcription's prompt and keywords name", async () => {
  const told: (readonly string[])[] = [];
  const recognizer = scriptedRecognizer({
    open: () =>
      Promise.resolve(
        scriptedRecognizerStream({
          setPhrases: (phrases) => {
            told.push(phrases);
            return Promise.resolve();
          },
        }),
      ),
  });
  const script = await RealtimeScript.open(() => ["Very well."], recognizer);
  const transcription = { prompt: "Niamh, Euclidean norm", keywords: ["Nemotron"] };
  await script.sends({ type: "session.update", session: { audio: { input: { transcription } } } });
  await script.passes(100);
  expect(told.at(-1)).toEqual(["Parley", "Niamh", "Euclidean norm", "Nemotron"]);
  await script.sends({
    type: "session.update",
    session: { audio: { input: { transcription: { model: "whisper-1" } } } },
  });
  await script.passes(100);
  expect(told.at(-1)).toEqual(["Parley"]);
});
