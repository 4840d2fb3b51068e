import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { frameSamples } from "./hearing/frames";
import { hearInRoom, type Hearing } from "./hearing/hear-in-room";
import { inSilence } from "./hearing/in-silence";

/** A sound without speech in which words were heard: in a room, or by the bare recogniser. */
export type FalseWords = { sound: string; room: string; door: string };

export type NonSpeechFigures = {
  sounds: number;
  /** Sounds of which a room's transcript shows words. */
  roomFalse: number;
  /** Sounds in which the recogniser hears words that gets all of it, as those who send files do. */
  doorFalse: number;
  heard: FalseWords[];
};

export async function measureNonSpeech(
  hearing: Hearing,
  sounds: ReadonlyMap<string, Int16Array>,
): Promise<NonSpeechFigures> {
  const heard: FalseWords[] = [];
  for (const [sound, samples] of sounds) {
    const room = (await hearInRoom(hearing, inSilence(samples))).join(" ");
    const door = await hearFile(hearing.recognizer, samples);
    if (room !== "" || door !== "") heard.push({ sound, room, door });
  }
  return {
    sounds: sounds.size,
    roomFalse: heard.filter(({ room }) => room !== "").length,
    doorFalse: heard.filter(({ door }) => door !== "").length,
    heard,
  };
}

async function hearFile(recognizer: Recognizer, samples: Int16Array): Promise<string> {
  const stream = await recognizer.open({ isOffline: true });
  try {
    for (let at = 0; at < samples.length; at += frameSamples) {
      await stream.write(samples.subarray(at, at + frameSamples));
    }
    return (await stream.finish()).text;
  } finally {
    stream.close();
  }
}
