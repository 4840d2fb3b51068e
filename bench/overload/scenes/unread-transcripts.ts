import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { writeLargeTranscript } from "../clients/write-large-transcript";
import { atMost, type Scene } from "../scene";

const addresses = 20;
/** The burst that one address is granted. */
const requestsEach = 10;
/** Lines of a file of 15 MB, the quota of a room: less would fit into the system’s own buffers. */
const lines = 1_250;
/** An answer that nobody reads is noticed within two looks of 30 s. */
const longestMs = 65_000;

/** Clients that ask for large transcripts and read nothing of the answer. */
export const unreadTranscripts: Scene = {
  name: "unread-transcripts",
  about: "200 transcripts of 15 MB, asked for from 20 addresses, and not read",
  // 32 rooms’ lines wait in memory while it is not known that nobody reads.
  bounds: { growthMB: 600 },
  async run({ port, dataFolder }) {
    const roomId = await writeLargeTranscript(dataFolder, lines);
    const startMs = performance.now();
    const sockets = Array.from({ length: addresses * requestsEach }, (_, index) => {
      const localAddress = `127.0.77.${1 + (index % addresses)}`;
      const socket = connect({ port, host: "127.0.0.1", localAddress });
      socket.on("error", () => undefined);
      socket.pause();
      socket.write(
        `GET /api/rooms/${roomId}/transcript?format=json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
      );
      return socket;
    });
    await delay(longestMs);
    // Whether the server ended it is seen only by one who reads.
    const ends = await Promise.all(sockets.map((socket) => hasEnded(socket)));
    for (const socket of sockets) socket.destroy();
    return {
      expectations: [
        atMost("answers still open", ends.filter((isEnded) => !isEnded).length, 0),
        atMost("the scene takes", performance.now() - startMs, longestMs + 15_000, " ms"),
      ],
    };
  },
};

/** Reads what is there, and tells whether the connection then ends short of its answer. */
async function hasEnded(socket: Socket): Promise<boolean> {
  let text = "";
  socket.on("data", (piece: Buffer) => (text += piece.toString("latin1")));
  socket.resume();
  const isClosed = await Promise.race([
    new Promise<boolean>((resolve) =>
      socket.once("close", () => {
        resolve(true);
      }),
    ),
    delay(5_000, false),
  ]);
  // A refusal is short, and its connection may stay.
  return isClosed || text.startsWith("HTTP/1.1 429");
}
