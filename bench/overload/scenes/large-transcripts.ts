import { setTimeout as delay } from "node:timers/promises";
import { countCodes } from "../clients/count-codes";
import { sendRequest, type Answer } from "../clients/send-request";
import { writeLargeTranscript } from "../clients/write-large-transcript";
import { atMost, type Scene } from "../scene";

const requests = 30;
/** Lines of a file of 5.6 MB. */
const lines = 465;

/** Large transcripts that many ask for in the same moment. */
export const largeTranscripts: Scene = {
  name: "large-transcripts",
  about: "30 transcripts of 5.6 MB asked for at once: by one address, then by as many addresses",
  // Two are read and written out at a time, 5.6 MB of text each; garbage waits for its collection.
  bounds: { growthMB: 250 },
  async run({ port, dataFolder }) {
    const roomId = await writeLargeTranscript(dataFolder, lines);
    const path = `/api/rooms/${roomId}/transcript?format=json`;
    const ask = (from: (request: number) => string): Promise<Answer[]> =>
      Promise.all(
        Array.from({ length: requests }, (_, request) =>
          sendRequest({ port, path, from: from(request) }),
        ),
      );
    const ofOne = await ask(() => "127.0.75.1");
    await delay(1_000);
    const ofMany = await ask((request) => `127.0.76.${1 + request}`);
    const granted = ofOne.filter(({ status }) => status === 200).length;
    return {
      expectations: [
        {
          ...atMost("transcripts for one address", granted, 11),
          found: countCodes(ofOne.map(({ status }) => status)),
        },
        {
          wanted: "others get theirs: 200",
          found: countCodes(ofMany.map(({ status }) => status)),
          holds: ofMany.every(({ status }) => status === 200),
        },
        atMost(
          "the last waits",
          Math.max(...ofMany.map(({ passedMs }) => passedMs)),
          10_000,
          " ms",
        ),
      ],
    };
  },
};
