import { systemClock } from "@parley/shared/async/clock";
import { MediasoupMediaClient } from "./mediasoup-media-client";
import { Microphone } from "./microphone";
import { RoomClient } from "./room-client";
import { SocketSignallingClient } from "./socket-signalling-client";
import { AudioOutput } from "./audio-output";

/** A room client on the browser's own devices and the page's own server. */
export function createRoomClient(): RoomClient {
  return new RoomClient({
    signalling: new SocketSignallingClient(),
    createMedia: (signalling) => new MediasoupMediaClient(signalling),
    microphone: new Microphone(),
    audioOutput: new AudioOutput(),
    clock: systemClock,
  });
}
