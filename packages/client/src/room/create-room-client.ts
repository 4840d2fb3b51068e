import { systemClock } from "@parley/shared/async/clock";
import { audioDevices } from "../sound/audio-devices";
import { AudioOutput } from "../sound/audio-output";
import { MediasoupMediaClient } from "../media/mediasoup-media-client";
import { Microphone } from "../sound/microphone";
import { RoomClient } from "./room-client";
import { SocketSignallingClient } from "../signalling/socket-signalling-client";

/** Room client with the browser's devices, connected to the server that the page came from. */
export function createRoomClient(): RoomClient {
  return new RoomClient({
    signalling: new SocketSignallingClient(),
    createMedia: (signalling) => new MediasoupMediaClient(signalling),
    microphone: new Microphone(),
    devices: audioDevices,
    audioOutput: new AudioOutput(),
    clock: systemClock,
  });
}
