import type { types } from "mediasoup";
import type { Clock } from "@parley/shared/async/clock";
import { createSpeechDecoder } from "../../audio/opus-codec";
import { MicrophoneTap, type TapFrame, type TapSettings } from "../microphone/microphone-tap";
import type { TapRegister } from "../microphone/tap-register";

export type TapOptions = {
  clock: Clock;
  tap: TapSettings;
  /** Counts the tap with all others. */
  taps: TapRegister;
};

/** Taps a track of a router, until its producer closes: RTP in, frames out. */
export async function tapProducer(
  router: types.Router,
  direct: types.DirectTransport,
  producerId: string,
  { clock, tap: settings, taps, onFrame }: TapOptions & { onFrame: (frame: TapFrame) => void },
): Promise<void> {
  const consumer = await direct.consume({
    producerId,
    rtpCapabilities: router.rtpCapabilities,
    paused: true,
  });
  const tap = new MicrophoneTap({ clock, settings, onFrame, decoder: await createSpeechDecoder() });
  const unregister = taps.add(tap);
  const close = () => {
    tap.close();
    unregister();
  };
  consumer.observer.on("close", close);
  if (consumer.closed) close();
  consumer.on("rtp", (packet) => {
    tap.receive(packet);
  });
  if (!consumer.closed) await consumer.resume();
}
