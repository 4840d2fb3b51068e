/**
 * Signalling over socket.io.
 *
 * 1. A request is `emit(name, payload, acknowledge)`. Both ends parse with the schemas below.
 * 2. Every request is acknowledged, with a value or a coded error.
 * 3. `room-join` comes first; any other request before it is answered with `not-joined`.
 * 4. A member that lost its socket joins again with its `seatToken` and keeps its id, transports
 *    and producers.
 * 5. A notice needs no answer. Notices may be lost with the socket: every join returns a snapshot
 *    that replaces them.
 */
import { z } from "zod";
import { wireErrorSchema } from "../errors";
import { memberIdSchema, roomIdSchema, seatTokenSchema } from "./ids";
import { plainLineSchema } from "./plain-text";
import { mediaSourceSchema, memberSchema, roomSnapshotSchema } from "./snapshot";

/** Protocol version, raised with every incompatible change. */
export const signallingProtocol = 1;

/**
 * Whether a page of this version is understood: neighbours are, so that servers can be replaced one
 * after another while pages stay open.
 */
export function isNeighbouringSignalling(other: number): boolean {
  return Math.abs(other - signallingProtocol) <= 1;
}

export const maxNameCharacters = 60;
export const memberNameSchema = plainLineSchema({ least: 1, most: maxNameCharacters });

/** mediasoup's own structures: passed through unchanged and checked by mediasoup. */
const opaque = z.record(z.string(), z.unknown());
const transportIdSchema = z.string().min(1).max(64);

const empty = z.object({});

export const signallingRequests = {
  "room-join": {
    request: z.object({
      protocol: z.int(),
      roomId: roomIdSchema,
      name: memberNameSchema,
      seatToken: seatTokenSchema.nullable(),
      /**
       * The page goes to another server's address by itself when it is told one, with
       * `room-elsewhere`. Any other's requests are passed on.
       */
      canMove: z.boolean().optional(),
    }),
    response: z.object({
      memberId: memberIdSchema,
      seatToken: seatTokenSchema,
      /** True when transports and producers from before the lost socket are still alive. */
      isResumed: z.boolean(),
      /** Changes when the room's media was restarted: transports of an earlier epoch are gone. */
      mediaEpoch: z.int(),
      routerRtpCapabilities: opaque,
      iceServers: z.array(opaque),
      /** `relay`: media goes by a TURN server alone. */
      iceTransportPolicy: z.enum(["all", "relay"]).default("all"),
      snapshot: roomSnapshotSchema,
      /** Servers to turn to when the page's own is gone; none where there is one address for all. */
      servers: z.array(z.url()).default([]),
    }),
  },
  "room-snapshot": { request: empty, response: roomSnapshotSchema },
  "room-leave": { request: empty, response: empty },
  "transport-create": {
    request: z.object({ direction: z.enum(["send", "receive"]) }),
    response: z.object({
      transportId: transportIdSchema,
      iceParameters: opaque,
      iceCandidates: z.array(opaque),
      dtlsParameters: opaque,
      sctpParameters: opaque,
    }),
  },
  "transport-connect": {
    request: z.object({ transportId: transportIdSchema, dtlsParameters: opaque }),
    response: empty,
  },
  "transport-restart-ice": {
    request: z.object({ transportId: transportIdSchema }),
    response: z.object({ iceParameters: opaque }),
  },
  /** Produces the microphone's track. A second one replaces the first. */
  "media-produce": {
    request: z.object({ transportId: transportIdSchema, rtpParameters: opaque }),
    response: z.object({ producerId: z.string() }),
  },
  /** Pauses the producer at the server: a muted browser would go on sending silence. */
  "media-mute": { request: z.object({ isMuted: z.boolean() }), response: empty },
  /** Consumes another member's track, paused until `media-resume`. */
  "media-consume": {
    request: z.object({
      transportId: transportIdSchema,
      producerId: z.string(),
      rtpCapabilities: opaque,
    }),
    response: z.object({
      consumerId: z.string(),
      producerId: z.string(),
      memberId: memberIdSchema,
      rtpParameters: opaque,
    }),
  },
  "media-resume": { request: z.object({ consumerId: z.string() }), response: empty },
  /** Opens the member's own event channel, `member-events`. */
  "data-produce": {
    request: z.object({ transportId: transportIdSchema, sctpStreamParameters: opaque }),
    response: z.object({ dataProducerId: z.string() }),
  },
  /** Opens the room's event channel, `room-events`. */
  "data-consume": {
    request: z.object({ transportId: transportIdSchema }),
    response: z.object({
      dataConsumerId: z.string(),
      dataProducerId: z.string(),
      label: z.string(),
      protocol: z.string(),
      sctpStreamParameters: opaque,
    }),
  },
} as const;

export type SignallingRequestName = keyof typeof signallingRequests;
export type SignallingRequest<Name extends SignallingRequestName> = z.infer<
  (typeof signallingRequests)[Name]["request"]
>;
export type SignallingResponse<Name extends SignallingRequestName> = z.infer<
  (typeof signallingRequests)[Name]["response"]
>;

/** Acknowledgement of a request. */
export type Acknowledgement<Value> =
  { ok: true; value: Value } | { ok: false; error: z.infer<typeof wireErrorSchema> };

/** Envelope of an acknowledgement; the value is parsed with the request's response schema. */
export const acknowledgementSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireErrorSchema }),
]);

export const signallingNotices = {
  /** The whole roster, after a member joined, left, was muted or lost connection. */
  "roster-changed": z.object({ members: z.array(memberSchema) }),
  "media-available": mediaSourceSchema,
  "media-closed": z.object({ producerId: z.string() }),
  /** The room's media was restarted (its worker died): join again and create new transports. */
  "media-restarted": z.object({ mediaEpoch: z.int() }),
  /** The room was closed, or the seat was taken over by another connection. */
  "room-closed": z.object({ reason: z.string() }),
} as const;

export type SignallingNoticeName = keyof typeof signallingNotices;
export type SignallingNotice<Name extends SignallingNoticeName> = z.infer<
  (typeof signallingNotices)[Name]
>;
