import { roomIdSchema } from "@parley/shared/protocol/ids";
import { memberNameSchema } from "@parley/shared/protocol/signalling";
import { createRoomClient } from "../room/create-room-client";
import { JoinedRoom } from "./joined-room";
import { serverOrigin } from "./server-origin";

export type JoinRoomOptions = {
  /** Address of the server, such as `https://talk.example.org`; a page of Parley's own needs none. */
  server?: string;
  /** The room's id; `createRoom` makes one, and it is the last part of a room's link (`/r/…`). */
  roomId: string;
  /** Name of whoever joins, as others see it; up to 60 characters. */
  name: string;
  /** Id of a device from `listAudioDevices`; null or nothing for the system's choice. */
  microphoneId?: string | null;
  /** Whether the browser takes noise away, as it does unless given; off for music. */
  suppressesNoise?: boolean;
  /**
   * Whether the browser takes the agent's voice out of the microphone, as it does unless given; off
   * with headphones.
   */
  cancelsEcho?: boolean;
  speakerId?: string | null;
  /** Loudness of the agent, 0 to 1. */
  agentVolume?: number;
};

/**
 * Joins a room, with the microphone. Call it from a click, which lets the browser play sound: the
 * browser asks for the microphone, and whoever refuses it can listen and type.
 *
 * Lost connections come back by themselves. The room is left when the page goes.
 *
 * ```js
 * const room = joinRoom({ roomId, name: "Ada" });
 * room.on("line", ({ name, text }) => console.log(`${name}: ${text}`));
 * await room.joined;
 * room.say("What is four times eleven?");
 * ```
 *
 * @returns at once, so that nothing happens before `on` was called
 * @throws ZodError for an id or a name that cannot be one; what goes wrong later is in `state.problem`
 */
export function joinRoom(options: JoinRoomOptions): JoinedRoom {
  const roomId = roomIdSchema.parse(options.roomId);
  const name = memberNameSchema.parse(options.name);
  const client = createRoomClient({ server: serverOrigin(options.server) });
  const room = new JoinedRoom(client);
  void client.join({
    roomId,
    name,
    microphone: {
      deviceId: options.microphoneId ?? null,
      suppressesNoise: options.suppressesNoise ?? true,
      cancelsEcho: options.cancelsEcho ?? true,
    },
    speakerId: options.speakerId ?? null,
    agentVolume: options.agentVolume ?? 1,
  });
  const leaveWithPage = () => void room.leave();
  addEventListener("pagehide", leaveWithPage);
  room.on("state", ({ connection }) => {
    if (connection === "closed" || connection === "failed") {
      removeEventListener("pagehide", leaveWithPage);
    }
  });
  return room;
}
