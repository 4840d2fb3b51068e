import { systemClock } from "@parley/shared/async/clock";
import { MediasoupMediaClient } from "../media/mediasoup-media-client";
import { SocketSignallingClient } from "../signalling/socket-signalling-client";
import { audioDevices } from "../sound/audio-devices";
import { AudioOutput } from "../sound/audio-output";
import { Microphone } from "../sound/microphone";
import { RoomClient } from "./room-client";

/**
 * Room client with the browser's devices.
 *
 * @param server origin of the server; that of the page by default
 */
export function createRoomClient({ server }: { server?: string } = {}): RoomClient {
  return new RoomClient({
    signalling: new SocketSignallingClient(server === undefined ? {} : { url: server }),
    createMedia: (signalling) => new MediasoupMediaClient(signalling),
    microphone: new Microphone(),
    devices: audioDevices,
    audioOutput: new AudioOutput(),
    clock: systemClock,
  });
}
