import { isStream } from "../remote-addresses";
import { isRiva } from "../riva/riva-address";
import { RivaEar } from "../riva/riva-ear";
import type { RemoteEar } from "./remote-ear";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";
import { SocketEar } from "./socket-ear";
import { TranscriptionEar } from "./transcription-ear";

/** The protocol of a recogniser on another machine, by its address. */
export function earFor(settings: RemoteRecognizerSettings): RemoteEar {
  if (isRiva(settings.url)) return new RivaEar(settings);
  return isStream(settings.url) ? new SocketEar(settings) : new TranscriptionEar(settings);
}
