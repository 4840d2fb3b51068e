import type { RoomClientPort } from "../client/room-client";
import { createRoomStore, reduceRoom } from "./room-store";
import { createTranscriptStore, reduceTranscript } from "./transcript-store";

/** One stay in one room: the client and what is known through it. */
export type RoomSession = {
  client: RoomClientPort;
  room: ReturnType<typeof createRoomStore>;
  transcript: ReturnType<typeof createTranscriptStore>;
};

/** Subscribes stores to a client. The client's `close` ends it. */
export function createRoomSession(client: RoomClientPort): RoomSession {
  const room = createRoomStore();
  const transcript = createTranscriptStore();
  client.subscribe((event) => {
    room.setState(reduceRoom(event));
    transcript.setState((state) => reduceTranscript(state, event));
  });
  return { client, room, transcript };
}
