import {
  mediaServerCardSchema,
  type MediaServerCard,
} from "@parley/shared/protocol/media-server-card";
import { Leases } from "./leases";
import type { FleetLog, NatsLink } from "./nats-link";
import { readJson } from "./read-json";

/** The bucket in which every media server keeps a lease, by its `serverId`. */
const bucketName = "parley-media";

/** Leases of media servers in JetStream's key-value store. */
export class MediaServerLeases extends Leases<MediaServerCard> {
  /** @param link closed with this */
  constructor(link: NatsLink, log: FleetLog) {
    const read = (value: Uint8Array) => readJson(value, mediaServerCardSchema);
    super({ bucketName, read, idOf: ({ serverId }) => serverId }, link, log);
  }
}
