import { systemClock } from "@parley/shared/async/clock";
import { audioDevices } from "./audio-devices";
import { AudioOutput } from "./audio-output";
import { MediasoupMediaClient } from "./mediasoup-media-client";
import { Microphone } from "./microphone";
import { RoomClient } from "./room-client";
import { SocketSignallingClient } from "./socket-signalling-client";

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
