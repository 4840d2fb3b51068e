import type { RoomClientPort } from "@parley/client/room/room-client";
import { createRoomStore, reduceRoom } from "./room-store";
import { createTranscriptStore, reduceTranscript } from "./transcript-store";

/** Session in one room, from joining to leaving: the client and the stores it feeds. */
export type RoomSession = {
  client: RoomClientPort;
  room: ReturnType<typeof createRoomStore>;
  transcript: ReturnType<typeof createTranscriptStore>;
};

/** Subscribes new stores to a client. The client's `close` ends the subscription. */
export function createRoomSession(client: RoomClientPort): RoomSession {
  const room = createRoomStore();
  const transcript = createTranscriptStore();
  client.subscribe((event) => {
    room.setState(reduceRoom(event));
    transcript.setState((state) => reduceTranscript(state, event));
  });
  return { client, room, transcript };
}
