import type { Clock } from "@parley/shared/async/clock";
import { metricsRoute } from "@parley/telemetry/metrics/metrics-route";
import { openRegistry } from "@parley/telemetry/metrics/open-registry";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import type { FastifyPluginCallback } from "fastify";
import type { MediaEngine } from "../contracts/media-engine";
import type { RoomArchive } from "../contracts/room-archive";
import type { Room } from "../rooms/room";
import { countRoom } from "./count-room";
import { HeardTracer } from "./heard-tracer";
import { LinkCounter } from "./link-counter";
import { mediaMetrics } from "./media-metrics";
import { showStatistics } from "./show-statistics";

export type MediaTelemetry = {
  /** Must be called with every room that is opened. */
  attach(room: Room): void;
  /** `GET /metrics`. */
  route: FastifyPluginCallback;
};

/** All that is measured in this server: by listening, and by asking the media thread when read. */
export function openTelemetry({
  media,
  archive,
  metricsKey,
  tracing,
  clock,
}: {
  media: Pick<MediaEngine, "subscribe" | "statistics">;
  archive: Pick<RoomArchive, "isWritable">;
  /** The key of whoever may read metrics from elsewhere; null: only this machine may. */
  metricsKey: string | null;
  /** Null: nothing is traced. */
  tracing: Tracing | null;
  clock: Clock;
}): MediaTelemetry {
  const registry = openRegistry();
  const metrics = mediaMetrics(registry);
  const links = new LinkCounter(metrics);
  const heard = tracing === null ? null : new HeardTracer(tracing, clock);
  media.subscribe((event) => {
    links.handle(event);
    heard?.handle(event);
  });
  const refresh = async () => {
    metrics.isStorageWritable.set(archive.isWritable ? 1 : 0);
    const statistics = await media.statistics({}).catch(() => null);
    if (statistics === null) metrics.isMediaReady.set(0);
    else showStatistics(statistics, metrics);
  };
  return {
    attach: (room) => {
      countRoom(room, metrics);
      room.subscribe((signal) => {
        if (signal.type === "closed") links.forget(room.roomId);
      });
    },
    route: metricsRoute({ registry, metricsKey, refresh }),
  };
}
