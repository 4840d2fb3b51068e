import { type Clock, systemClock } from "@parley/shared/async/clock";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { SynthesisEndpoints } from "../server/synthesis/synthesis-endpoints";
import { type EndpointServer, startEndpointServer } from "./endpoint-server";

export type SynthesisServer = EndpointServer;

export type SynthesisServerOptions = {
  maxClients?: number;
  clock?: Clock;
  hasFfmpeg?: boolean;
};

/** The voice's endpoints alone. Null stands for a voice that still loads. */
export function startSynthesisServer(
  synthesizer: Synthesizer | null,
  { maxClients = 4, clock = systemClock, hasFfmpeg = false }: SynthesisServerOptions = {},
): Promise<SynthesisServer> {
  return startEndpointServer(
    "/ws/tts/stream",
    (host) =>
      new SynthesisEndpoints({
        ...host,
        synthesizer: () => synthesizer,
        defaultVoice: "aria",
        maxClients,
        hasFfmpeg: () => Promise.resolve(hasFfmpeg),
        clock,
      }),
  );
}
