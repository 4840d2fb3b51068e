import { type Clock, systemClock } from "@parley/shared/async/clock";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { synthesisRoutes } from "../server/synthesis/synthesis-routes";
import { type RouteServer, startRouteServer } from "./route-server";

export type SynthesisServer = RouteServer;

export type SynthesisServerOptions = {
  maxClients?: number;
  clock?: Clock;
  hasFfmpeg?: boolean;
};

/** Serves the synthesis routes alone; a null synthesiser is one that still loads. */
export function startSynthesisServer(
  synthesizer: Synthesizer | null,
  { maxClients = 4, clock = systemClock, hasFfmpeg = false }: SynthesisServerOptions = {},
): Promise<SynthesisServer> {
  return startRouteServer("/ws/tts/stream", (host) =>
    synthesisRoutes({
      ...host,
      synthesizer: () => synthesizer,
      defaultVoice: "aria",
      maxClients,
      hasFfmpeg: () => Promise.resolve(hasFfmpeg),
      clock,
    }),
  );
}
