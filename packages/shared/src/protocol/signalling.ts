/**
 * Signalling over socket.io.
 *
 * 1. A request is `emit(name, payload, acknowledge)`. Both ends parse with the schemas below.
 * 2. The acknowledgement is a value or a coded error, never silence.
 * 3. `room-join` comes first; any other request before it is answered with `not-joined`.
 * 4. A member who lost its socket joins again with the `seatToken` it was given and keeps its id,
 *    its transports and its producers.
 * 5. A notice needs no answer. Notices may be lost with the socket: the snapshot that comes with
 *    every join makes up for them.
 */
import { z } from "zod";
import { wireErrorSchema } from "../errors";
import { memberIdSchema, roomIdSchema, seatTokenSchema } from "./ids";
import { mediaSourceSchema, memberSchema, roomSnapshotSchema } from "./snapshot";

/** Raised with every incompatible change; `room-join` refuses another one. */
export const signallingProtocol = 1;

export const maxNameCharacters = 60;
export const memberNameSchema = z.string().trim().min(1).max(maxNameCharacters);

/** mediasoup's own structures: checked by mediasoup itself, passed through whole here. */
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
    }),
    response: z.object({
      memberId: memberIdSchema,
      seatToken: seatTokenSchema,
      /** True when transports and producers from before the lost socket are still alive. */
      isResumed: z.boolean(),
      /** Changes when the room's media was restarted: transports of another epoch are gone. */
      mediaEpoch: z.int(),
      routerRtpCapabilities: opaque,
      iceServers: z.array(opaque),
      snapshot: roomSnapshotSchema,
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
  /** The microphone. A second one replaces the first. */
  "media-produce": {
    request: z.object({ transportId: transportIdSchema, rtpParameters: opaque }),
    response: z.object({ producerId: z.string() }),
  },
  /** Muting stops the packets at the server as well: a muted browser would go on sending silence. */
  "media-mute": { request: z.object({ isMuted: z.boolean() }), response: empty },
  /** Another member's audio, paused until `media-resume`. */
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
  /** The member's own event channel, `member-events`. */
  "data-produce": {
    request: z.object({ transportId: transportIdSchema, sctpStreamParameters: opaque }),
    response: z.object({ dataProducerId: z.string() }),
  },
  /** The room's event channel, `room-events`. */
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

/** What comes back for every request. */
export type Acknowledgement<Value> =
  { ok: true; value: Value } | { ok: false; error: z.infer<typeof wireErrorSchema> };

/** Checks the envelope; the value is then parsed with the request's own response schema. */
export const acknowledgementSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: wireErrorSchema }),
]);

export const signallingNotices = {
  /** Somebody came, went, was muted or lost connection: the whole roster. */
  "roster-changed": z.object({ members: z.array(memberSchema) }),
  "media-available": mediaSourceSchema,
  "media-closed": z.object({ producerId: z.string() }),
  /** The room's media was restarted (its worker died): join again and build transports anew. */
  "media-restarted": z.object({ mediaEpoch: z.int() }),
  /** The server is going away for good or the member was put out. */
  "room-closed": z.object({ reason: z.string() }),
} as const;

export type SignallingNoticeName = keyof typeof signallingNotices;
export type SignallingNotice<Name extends SignallingNoticeName> = z.infer<
  (typeof signallingNotices)[Name]
>;
