import { type Clock, systemClock } from "@parley/shared/async/clock";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { SynthesisRoutes } from "../server/synthesis/synthesis-routes";
import { type RouteServer, startRouteServer } from "./route-server";

export type SynthesisServer = RouteServer;

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
  return startRouteServer(
    "/ws/tts/stream",
    (host) =>
      new SynthesisRoutes({
        ...host,
        synthesizer: () => synthesizer,
        defaultVoice: "aria",
        maxClients,
        hasFfmpeg: () => Promise.resolve(hasFfmpeg),
        clock,
      }),
  );
}
