import { BareSocket } from "../clients/bare-socket";
import { countCodes } from "../clients/count-codes";
import { makeRoom } from "../clients/make-room";
import { waitForAgent } from "../clients/wait-for-agent";
import { atMost, type Scene } from "../scene";

const rooms = 64;
/** Rooms that one address may keep going: half of the agents. */
const granted = 32;
const greedy = "127.0.72.1";

/** One address that wants every agent. */
export const sessionsOfOneAddress: Scene = {
  name: "sessions-of-one-address",
  about: "64 rooms, and an agent for each, asked for from one address",
  async run({ port, signal }) {
    const sockets: BareSocket[] = [];
    const codes: string[] = [];
    try {
      for (let room = 0; room < rooms && !signal.aborted; room++) {
        const made = await makeRoom(port, greedy);
        if ("refusal" in made) {
          codes.push(made.refusal);
          continue;
        }
        const socket = await BareSocket.open(port, greedy);
        sockets.push(socket);
        codes.push(await socket.join(made.roomId, "Greedy"));
      }
      const agentMs = await waitForAgent({ port, from: "127.0.72.2", limitMs: 10_000 });
      return {
        expectations: [
          atMost("rooms that are let in", codes.filter((code) => code === "ok").length, granted),
          {
            wanted: "the others refused: too-many-requests",
            found: countCodes(codes),
            holds: codes.every((code) => ["ok", "too-many-requests"].includes(code)),
          },
          atMost("another address gets an agent after", agentMs ?? Infinity, 2_000, " ms"),
        ],
      };
    } finally {
      for (const socket of sockets) {
        await socket.ask("room-leave", {});
        socket.close();
      }
    }
  },
};
