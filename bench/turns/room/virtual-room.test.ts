import { AppError } from "@parley/shared/errors";
import {
  CharacterSynthesizer,
  scriptedActivity,
  scriptedRecognizer,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { expect, it } from "vitest";
import { policies } from "../policies";
import { VirtualRoom, type RoomModels } from "./virtual-room";

const code = new WordCode();
const question = ["what", "time", "is", "it"].map((word) =>
  new Int16Array(3_200).fill(code.sampleOf(word)),
);

async function openRoom(parts: Partial<RoomModels>): Promise<VirtualRoom> {
  const [policy] = policies;
  if (policy === undefined) throw new Error("there is no policy");
  const models = {
    recognizer: wordRecognizer(code),
    voiceActivityDetector: soundActivity(),
    synthesizer: new CharacterSynthesizer(),
    ...parts,
  };
  return await VirtualRoom.open({ models, policy, members: ["Robin"], echo: null });
}

/** Voice activity whose answers take so many turns of the event loop, as on a busy machine. */
function lateActivity(loopTurns: number): RoomModels["voiceActivityDetector"] {
  const prompt = soundActivity();
  return scriptedActivity({
    open: () => {
      const stream = prompt.open();
      const step = async (window: Int16Array) => {
        for (let turn = 0; turn < loopTurns; turn++) await new Promise(setImmediate);
        return await stream.step(window);
      };
      return { ...stream, step };
    },
  });
}

async function whatHappens(parts: Partial<RoomModels>): Promise<string[]> {
  const room = await openRoom(parts);
  for (const [at, word] of question.entries()) room.begin("Robin", word, 300 + 200 * at);
  await room.pass(3_000);
  room.close();
  return room.notices.map(({ atMs, notice }) => `${atMs} ${notice.type}`);
}

it("tells the same times, however late its models answer", async () => {
  const prompt = await whatHappens({});
  expect(prompt.some((told) => told.endsWith("reply-end"))).toBe(true);
  for (const loopTurns of [1, 3, 10]) {
    expect(await whatHappens({ voiceActivityDetector: lateActivity(loopTurns) })).toEqual(prompt);
  }
});

it("fails where a model does: what a deaf room does is no figure", async () => {
  const full = new AppError("at-capacity", "6 streams are open", { isRetryable: true });
  const recognizer = scriptedRecognizer({ open: () => Promise.reject(full) });
  const room = await openRoom({ recognizer });
  await expect(room.pass(100)).rejects.toMatchObject({ code: "at-capacity" });
  room.close();
});
