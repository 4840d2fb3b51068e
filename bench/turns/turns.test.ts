import type { SpeechModels } from "@parley/speech/engines/open-speech";
import { loadPeople } from "@parley/speech/testing/people";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cast } from "./cast";
import { openModels } from "./open-models";
import type { SceneOutcome } from "./outcomes/outcome";
import { playSuite } from "./play-suite";
import { policies, type Policy } from "./policies";
import { allScenes } from "./scenes/all-scenes";
import { SoundBooth } from "./sounds/sound-booth";

const recordings = loadPeople();
const scenes = allScenes(recordings);
let models: SpeechModels;
let booth: SoundBooth;

beforeAll(async () => {
  models = await openModels("builtin");
  booth = new SoundBooth(models.synthesizer, recordings);
});

afterAll(async () => {
  await models.close();
});

/** What comes of the scenes in which this is said, in virtual time. */
async function outcomesOf(texts: readonly string[], policy = policies[0]): Promise<SceneOutcome[]> {
  const played = scenes.filter(({ text, kind }) => kind !== "echo" && texts.includes(text));
  return await outcomes(played, policy);
}

async function outcomes(played: typeof scenes, policy: Policy | undefined) {
  if (policy === undefined) throw new Error("there is no policy");
  const performances = cast(played, "rms", { isFirst: true, stage: { models, booth, policy } });
  const judged = await playSuite(performances, 3);
  return judged.map(({ outcome }) => outcome);
}

describe("somebody speaks to the product's own session, ear and voice", () => {
  it("is answered soon after a question, later after a statement", async () => {
    const [question, statement] = await outcomesOf(["What time is it?", "I live in Boston."]);
    expect(question).toMatchObject({ isCutOff: false, turns: 1 });
    expect(statement).toMatchObject({ isCutOff: false, turns: 1 });
    const waits = [question, statement].map((one) => (one?.type === "utterance" ? one.waitMs : 0));
    expect(waits[0]).toBeLessThanOrEqual(400);
    expect(waits[1]).toBeGreaterThan(700);
    expect(waits[1]).toBeLessThanOrEqual(1_000);
  });

  it("may pause within a number and between sentences", async () => {
    const paused = await outcomesOf([
      "My phone number is [0.7] five five five [0.7] one two three four.",
      "I live in Boston. [0.4] I work in Cambridge. [0.4] What is seven plus five?",
    ]);
    const untouched = [{ isSpokenInto: false }, { isSpokenInto: false }];
    expect(paused).toMatchObject([
      { pauses: untouched, turns: 1 },
      { pauses: untouched, turns: 1 },
    ]);
  });

  it("is given time when they trail off", async () => {
    const [trailing] = await outcomesOf(["And then there's the"]);
    expect(trailing).toMatchObject({ type: "utterance", isCutOff: false });
    expect(trailing?.type === "utterance" && trailing.waitMs).toBeGreaterThanOrEqual(2_000);
  });

  it("stops a story by what is meant to, and by nothing else", async () => {
    const stopped = await outcomesOf(["Stop.", "Wait, what time is it?"]);
    expect(stopped).toMatchObject([{ isCancelled: true }, { isCancelled: true }]);
    const listened = await outcomesOf(["Okay.", "knock"]);
    // "Okay." is also a statement to an agent that is silent.
    const over = listened.filter(({ type }) => type === "over-reply");
    expect(over).toMatchObject([{ isCancelled: false }, { isCancelled: false }]);
  });

  it("is not answered when they speak to another person", async () => {
    const talk = scenes.filter(({ id }) => id === "room-tuned-01");
    expect(await outcomes(talk, policies[0])).toMatchObject([{ remarks: 2, answered: 0 }]);
  });
});

describe("a television in the room of somebody who has said one thing", () => {
  it("is not answered, and stops no story", async () => {
    const loud = scenes.filter(({ id }) => /^television-tuned-0[12]$/u.test(id));
    const untouched = { isAnswered: false, isStoryCut: false };
    expect(await outcomes(loud, policies[0])).toMatchObject([untouched, untouched]);
  });
});

describe("an agent that hears itself softly", () => {
  it("tells its story to the end", async () => {
    const soft = scenes.filter(({ id }) => id === "echo-50dB-150ms-story");
    expect(await outcomes(soft, policies[0])).toMatchObject([
      { isAnsweringItself: false, isInterruptingItself: false },
    ]);
  });
});

describe("the policy that knows silence alone", () => {
  it("speaks into the pause, and lets the reply and both halves stand", async () => {
    const [paused] = await outcomesOf(
      ["My phone number is [0.7] five five five [0.7] one two three four."],
      policies[1],
    );
    expect(paused).toMatchObject({ pauses: [{ isSpokenInto: true }, { isSpokenInto: true }] });
    expect(paused?.type === "utterance" && paused.turns).toBeGreaterThan(1);
  });
});
