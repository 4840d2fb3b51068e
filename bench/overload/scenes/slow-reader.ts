import { setTimeout as delay } from "node:timers/promises";
import { BareSocket } from "../clients/bare-socket";
import { writeLargeTranscript } from "../clients/write-large-transcript";
import { atLeast, type Scene } from "../scene";

/** Lines of a room whose whole state has 5.6 MB. */
const lines = 465;
const loadMs = 12_000;
/** What is asked at once, and then in each second. */
const asked = { burst: 300, perSecond: 50 };
const from = "127.0.70.1";

/** A socket that asks for snapshots of a large room and reads none. */
export const slowReader: Scene = {
  name: "slow-reader",
  about: "asks for snapshots of a 5.6 MB room for 12 s and reads no answer",
  async run({ port, dataFolder }) {
    const roomId = await writeLargeTranscript(dataFolder, lines);
    const reader = await BareSocket.open(port, from);
    const joined = await reader.join(roomId, "Slow");
    reader.pause();
    const startMs = performance.now();
    let requests = 0;
    while (performance.now() - startMs < loadMs) {
      const passedMs = performance.now() - startMs;
      const due = asked.burst + (passedMs / 1_000) * asked.perSecond;
      for (; requests < due; requests++) reader.askBlindly("room-snapshot", {});
      reader.answerPings();
      await delay(20);
    }
    // What the server sent and closed is seen only by one who reads.
    reader.resume();
    await delay(2_000);
    const isGone = !reader.isOpen;
    reader.close();
    return {
      expectations: [
        { wanted: "the room opens", found: joined, holds: joined === "ok" },
        atLeast("requests", requests, asked.burst),
        {
          wanted: "the reader is disconnected",
          found: isGone ? "gone" : "there",
          holds: isGone,
        },
      ],
    };
  },
};
