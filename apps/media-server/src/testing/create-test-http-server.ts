import { FakeClock } from "@parley/shared/testing/fake-clock";
import type { FastifyInstance } from "fastify";
import { silentLog } from "../contracts/log";
import { createHttpServer, type HttpServerOptions } from "../http/http-server";
import { RoomAdmission } from "../rooms/room-admission";
import { RoomRegistry } from "../rooms/room-registry";
import { MemoryArchive } from "./memory-archive";
import { ScriptedMedia } from "./scripted-media";

/** HTTP server without a page, media or inference, but for what a test brings. */
export function createTestHttpServer(
  change: Partial<HttpServerOptions> & { media?: ScriptedMedia } = {},
): Promise<FastifyInstance> {
  const { clock = new FakeClock(), archive = new MemoryArchive(), log = silentLog } = change;
  const media = change.media ?? new ScriptedMedia();
  return createHttpServer({
    rooms: new RoomRegistry({ clock, archive, log }, () => undefined),
    admission: new RoomAdmission(media),
    archive,
    clock,
    directory: { workers: [{ url: "ws://127.0.0.1:9", isReady: false, card: null }] },
    announced: { silentAddresses: () => Promise.resolve([]) },
    webRoot: "/nowhere",
    inferenceKey: null,
    embedOrigins: [],
    trustedProxies: 0,
    credentials: null,
    shareAddress: null,
    operatorKey: null,
    version: "0.0.0",
    log,
    ...change,
    media,
  });
}
