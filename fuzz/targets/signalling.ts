import { silentLog } from "@parley/media-server/contracts/log";
import { answerRequest } from "@parley/media-server/signalling/answer-request";
import { Connection } from "@parley/media-server/signalling/connection";
import { acknowledgementSchema } from "@parley/shared/protocol/signalling";
import { fuzzTarget } from "../fuzz-target";
import { honestJoin, openHonestRoom } from "./honest-room";
import { inRoom, signallingRequestLists } from "./signalling-requests";

export const signalling = fuzzTarget({
  name: "signalling",
  about: "requests of a browser, as they are answered",
  inputs: signallingRequestLists,
  open: async () => {
    const { context, roomId } = await openHonestRoom();
    const connect = (address: string) =>
      new Connection(address, { emit: () => undefined, disconnect: () => undefined });
    const ask = (connection: Connection, name: unknown, payload: unknown) =>
      answerRequest(context, connection, { name, payload }, silentLog);
    const ada = connect("10.0.0.1");
    await ask(ada, "room-join", honestJoin(roomId));
    return {
      check: async (requests) => {
        const eve = connect("10.0.0.2");
        for (const { name, payload } of requests) {
          const answer = acknowledgementSchema.parse(await ask(eve, name, inRoom(payload, roomId)));
          if (!answer.ok && answer.error.code === "internal") {
            throw new Error(`${name}: an error without a code`);
          }
        }
        eve.leave();
        const answer = await ask(ada, "room-snapshot", {});
        if (!answer.ok) throw new Error(`the other member got ${answer.error.code}`);
      },
    };
  },
});
