import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinModel } from "../testing/builtin-model";
import { joinAudio } from "../testing/audio-fixtures";
import { wordErrors } from "../testing/audio-word-errors";
import { openSpeech, type SpeechModels } from "./open-speech";
import { conversationTransducer } from "./recognizer-choice";

const never = new AbortController().signal;
let engines: SpeechModels;

const choiceOf = (model: string) => ({
  recognizer: conversationTransducer({ model }),
  voice: { type: "flite" } as const,
});

beforeAll(async () => {
  engines = await openSpeech(choiceOf(builtinModel), never);
});

afterAll(async () => {
  await engines.close();
});

const sentences = [
  "what time is it",
  "please count from one to ten",
  "hello how are you today",
  "can you tell me what the weather will be like tomorrow",
  "thank you very much",
  "set a timer for five minutes",
  "i would like a cup of coffee please",
  "my name is sarah and i live in london",
  "what is seven plus twelve",
  "let us move the meeting to half past three on thursday",
];

async function* say(text: string) {
  yield await Promise.resolve(text);
}

async function speak(text: string, voice: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  const { synthesizer } = engines;
  for await (const part of synthesizer.speak({ clauses: say(text), voice, signal: never })) {
    if (part.type === "audio") pieces.push(part.samples);
    if (part.type === "error") throw part.error;
  }
  return joinAudio(pieces);
}

describe("speech engines", () => {
  it("understand their own speech", async () => {
    const stream = await engines.recognizer.open();
    const silence = new Int16Array(4_800);
    for (const voice of engines.synthesizer.voices) {
      let errors = 0;
      for (const sentence of sentences) {
        await stream.write(joinAudio([silence, await speak(sentence, voice), silence]));
        errors += wordErrors(sentence, (await stream.finish()).text);
      }
      const words = sentences.join(" ").split(" ").length;
      console.log(`${voice}: ${errors} of ${words} words wrong`);
      expect(errors / words).toBeLessThan(0.1);
    }
    stream.close();
  });

  it("work at the same time", async () => {
    const audio = await speak("please count from one to ten", "rms");
    const stream = await engines.recognizer.open();
    const activity = engines.voiceActivityDetector.open();
    const { windowSamples } = engines.voiceActivityDetector;
    const steps: Promise<number>[] = [];
    for (let at = 0; at + windowSamples <= audio.length; at += windowSamples) {
      steps.push(activity.step(audio.subarray(at, at + windowSamples)));
    }
    const [heard, again, probabilities] = await Promise.all([
      stream.write(audio).then(() => stream.finish()),
      speak("please count from one to ten", "rms"),
      Promise.all(steps),
    ]);
    expect(heard.text).toBe("please count from one to ten");
    expect(again).toEqual(audio);
    expect(Math.max(...probabilities)).toBeGreaterThan(0.9);
    stream.close();
    activity.close();
  });

  it("do not start without a model, nor when nobody wants them any more", async () => {
    await expect(openSpeech(choiceOf(join(builtinModel, "nowhere")), never)).rejects.toMatchObject({
      code: "model-mismatch",
    });
    const controller = new AbortController();
    const starting = openSpeech(choiceOf(builtinModel), controller.signal);
    controller.abort();
    await expect(starting).rejects.toBe(controller.signal.reason);
  });
});
