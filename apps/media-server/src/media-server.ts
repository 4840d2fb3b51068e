import { packageVersion } from "@parley/api-document/package-version";
import { proxyTrust } from "@parley/admission/client-address";
import type { AddressInfo } from "node:net";
import { systemClock } from "@parley/shared/async/clock";
import { startTracing } from "@parley/telemetry/tracing/start-tracing";
import type { FastifyInstance } from "fastify";
import { openArchive } from "./archive/open-archive";
import { OpenCalls } from "./calls/open-calls";
import type { Log } from "./contracts/log";
import type { Environment } from "./environment";
import { readTlsCredentials } from "./http/encryption/read-tls-credentials";
import { AnnouncedReach } from "./http/announced-reach";
import { callRoutes } from "./http/calls/call-routes";
import { soleHome } from "./contracts/room-homes";
import { Drain } from "./drain";
import { createHttpServer } from "./http/http-server";
import { openHomes } from "./homes/open-homes";
import { ThreadedEngine } from "./media/thread/threaded-engine";
import { RoomWiring } from "./room-wiring";
import { RoomAdmission } from "./rooms/room-admission";
import { RoomRegistry } from "./rooms/room-registry";
import { iceAccess } from "./signalling/ice-access";
import { SignallingServer } from "./signalling/signalling-server";
import { openTelemetry } from "./telemetry/media-telemetry";
import { openDirectory } from "./workers/open-directory";

export type MediaServer = {
  /** TCP port of HTTP and signalling. */
  port: number;
  /** Takes no more rooms, and resolves once the last person has left, or the settings' time is over. */
  drain(): Promise<void>;
  /** Closes sockets, rooms, media and archive, in that order. Idempotent. */
  close(): Promise<void>;
};

/** Composes the server's parts and starts listening; rejects when a part cannot start. */
export async function startMediaServer(environment: Environment, log: Log): Promise<MediaServer> {
  const clock = systemClock;
  const services = { clock, log };
  const credentials = environment.tls === null ? null : await readTlsCredentials(environment.tls);
  const directory = openDirectory(environment, services);
  const media = await ThreadedEngine.start(
    {
      ...environment.media,
      inferenceWorkers: directory.workers,
      inferenceKey: environment.inferenceKey,
    },
    clock,
    log,
  ).catch(async (error: unknown) => {
    await directory.close();
    throw error;
  });
  const unsubscribe = directory.subscribe((workers) => {
    // A media thread that is being restarted is told once it is there.
    media.setWorkers({ workers }).catch(() => undefined);
  });
  const archive = openArchive(environment, services);
  const wiring = new RoomWiring(media, services);
  const { metricsKey } = environment;
  const tracing = await startTracing({
    service: "parley-media-server",
    ...environment.tracing,
    clock,
    warn: (details, message) => {
      log.warn(details, message);
    },
  });
  const telemetry = openTelemetry({ media, archive, metricsKey, tracing, clock });
  const homes = openHomes(
    environment,
    {
      exists: (roomId) => archive.has(roomId),
      describeOwn: (roomId) => rooms.get(roomId)?.describe() ?? null,
    },
    services,
  );
  const rooms: RoomRegistry = new RoomRegistry({ clock, archive, homes, log }, (room) => {
    wiring.attach(room);
    telemetry.attach(room);
  });
  const drain = new Drain({ rooms, homes, limitMs: environment.drainMs, clock });
  let http: FastifyInstance | null = null;
  let signalling: SignallingServer | null = null;
  let closing: Promise<void> | null = null;
  const close = async () => {
    drain.end();
    // Sockets close before rooms, so that browsers see a lost connection and reconnect.
    await signalling?.close();
    rooms.close("server-stopping");
    unsubscribe();
    const handOver = async () => {
      await archive.close();
      // Others take the rooms up from here on, with their last lines.
      await rooms.released();
      await homes.close();
    };
    await Promise.all([handOver(), http?.close(), media.close(), directory.close()]);
    await tracing?.close();
  };
  try {
    const { ice } = environment;
    const isProxy = proxyTrust(environment.trustedProxies);
    const admission = new RoomAdmission(media);
    const { shareAddress, pageOrigins: others, inferenceKey } = environment;
    const pageOrigins = shareAddress === null ? others : [...others, new URL(shareAddress).origin];
    const calls = new OpenCalls({ media, admission, log });
    const callRoute = callRoutes({ calls, directory, inferenceKey, pageOrigins, clock });
    const routes = [telemetry.route, callRoute];
    const { announcedAddresses: addresses, port: mediaPort } = environment.media;
    const announced = new AnnouncedReach({ addresses, port: mediaPort, ...services });
    const common = { rooms, admission, archive, clock, media, log, credentials };
    const version = packageVersion(new URL("../package.json", import.meta.url));
    const isRedirecting = homes !== soleHome && environment.routing === "redirect";
    const parts = {
      ...common,
      routes,
      announced,
      directory,
      version,
      otherServers: isRedirecting ? otherServers(environment) : [],
      isDraining: () => drain.hasBegun,
    };
    http = await createHttpServer({ ...environment, ...parts });
    signalling = new SignallingServer(
      http.server,
      {
        rooms,
        admission,
        media,
        isProxy,
        routing: environment.routing,
        pageOrigins: isRedirecting ? "*" : environment.embedOrigins,
        servers: () => homes.servers,
        iceAccess: (memberId) => iceAccess(ice, memberId, clock),
      },
      services,
    );
    await listen(http, environment);
    void announced.silentAddresses();
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = http.server.address() as AddressInfo;
  return {
    port,
    drain: () => drain.begin(),
    close: () => (closing ??= close()),
  };
}

/** Pages connect to servers that may have come after them: by their kind, and not by their names. */
function otherServers({ tls, ownAddress }: Environment): string[] {
  const isEncrypted = tls !== null || ownAddress?.startsWith("https:") === true;
  return isEncrypted ? ["https:", "wss:"] : ["http:", "ws:", "https:", "wss:"];
}

async function listen(http: FastifyInstance, { host, port }: Environment): Promise<void> {
  if (host !== null) {
    await http.listen({ host, port });
    return;
  }
  try {
    await http.listen({ host: "::", port });
  } catch (error) {
    // Without IPv6, machines and containers refuse `::`, which stands for both families.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EAFNOSUPPORT" && code !== "EADDRNOTAVAIL") throw error;
    await http.listen({ host: "0.0.0.0", port });
  }
}
