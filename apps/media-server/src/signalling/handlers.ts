import { AppError } from "@parley/shared/errors";
import type { MemberId } from "@parley/shared/protocol/ids";
import {
  isNeighbouringSignalling,
  signallingProtocol,
  type SignallingRequest,
  type SignallingRequestName,
  type SignallingResponse,
} from "@parley/shared/protocol/signalling";
import type { MediaEngine } from "../contracts/media-engine";
import type { RoomAdmission } from "../rooms/room-admission";
import type { RoomRegistry } from "../rooms/room-registry";
import type { Connection } from "./connection";
import type { IceAccess } from "./ice-access";

/** Services that the handlers act upon. */
export type SignallingOptions = {
  rooms: Pick<RoomRegistry, "find">;
  admission: Pick<RoomAdmission, "enterEmpty">;
  media: MediaEngine;
  /** Servers that browsers may turn to when theirs is gone; absent where there is one. */
  servers?: () => readonly string[];
  /** STUN and TURN servers for one member's browser. */
  iceAccess: (memberId: MemberId) => IceAccess;
};

type Handler<Name extends SignallingRequestName> = (
  context: SignallingOptions,
  connection: Connection,
  request: SignallingRequest<Name>,
) => Promise<SignallingResponse<Name>>;

/** Ids of the room and member that this connection has joined as. */
function joinedIds(connection: Connection) {
  const { room, seat } = connection.joined;
  return { roomId: room.roomId, memberId: seat.memberId };
}

const joinRoom: Handler<"room-join"> = async (context, connection, request) => {
  if (!isNeighbouringSignalling(request.protocol)) {
    throw new AppError(
      "protocol-mismatch",
      `signalling protocol ${request.protocol}; this server speaks ${signallingProtocol}`,
    );
  }
  const { roomId, name, seatToken } = request;
  const room = await context.rooms.find(roomId);
  if (room === null) throw new AppError("room-not-found", "There is no such room.");
  // Whoever comes into a room that is going is welcome: they cost little.
  if (room.people === 0) await context.admission.enterEmpty(room, connection.address);
  const { mediaEpoch, routerRtpCapabilities } = await context.media.openRoom({ roomId });
  if (connection.isClosed) throw new AppError("invalid-state", "The connection is closed.");
  room.enterMediaEpoch(mediaEpoch);
  const seat = room.join({ name, seatToken, holder: connection });
  connection.sit(room, seat);
  const isResumed = seat.mediaEpoch === mediaEpoch;
  seat.mediaEpoch = mediaEpoch;
  return {
    memberId: seat.memberId,
    seatToken: seat.token,
    isResumed,
    mediaEpoch,
    routerRtpCapabilities,
    ...context.iceAccess(seat.memberId),
    snapshot: room.snapshot(),
    servers: [...(context.servers?.() ?? [])],
  };
};

const readSnapshot: Handler<"room-snapshot"> = (_context, connection) =>
  Promise.resolve(connection.joined.room.snapshot());

const leaveRoom: Handler<"room-leave"> = (_context, connection) => {
  connection.leave();
  return Promise.resolve({});
};

const createTransport: Handler<"transport-create"> = (context, connection, { direction }) =>
  context.media.createTransport({ ...joinedIds(connection), direction });

const connectTransport: Handler<"transport-connect"> = async (context, connection, request) => {
  await context.media.connectTransport({ ...joinedIds(connection), ...request });
  return {};
};

const restartIce: Handler<"transport-restart-ice"> = (context, connection, request) =>
  context.media.restartIce({ ...joinedIds(connection), ...request });

const produceMedia: Handler<"media-produce"> = async (context, connection, request) => {
  const { room, seat } = connection.joined;
  const ids = joinedIds(connection);
  const { isMuted } = seat;
  const { producerId } = await context.media.produce({ ...ids, ...request, isMuted });
  // The member may have muted itself meanwhile.
  if (seat.isMuted !== isMuted) await context.media.setMuted({ ...ids, isMuted: seat.isMuted });
  room.addMedia(producerId, seat.memberId);
  return { producerId };
};

const muteMedia: Handler<"media-mute"> = async (context, connection, { isMuted }) => {
  const { room, seat } = connection.joined;
  room.setMuted(seat.memberId, isMuted);
  await context.media.setMuted({ roomId: room.roomId, memberId: seat.memberId, isMuted });
  return {};
};

const consumeMedia: Handler<"media-consume"> = async (context, connection, request) => {
  const { producerId } = request;
  const memberId = connection.joined.room.mediaOwner(producerId);
  if (memberId === undefined) throw new AppError("not-found", `no track ${producerId}`);
  const consumer = await context.media.consume({ ...joinedIds(connection), ...request });
  return { ...consumer, producerId, memberId };
};

const resumeMedia: Handler<"media-resume"> = async (context, connection, { consumerId }) => {
  await context.media.resumeConsumer({ ...joinedIds(connection), consumerId });
  return {};
};

const produceData: Handler<"data-produce"> = (context, connection, request) =>
  context.media.produceData({ ...joinedIds(connection), ...request });

const consumeData: Handler<"data-consume"> = (context, connection, request) =>
  context.media.consumeData({ ...joinedIds(connection), ...request });

/** The handler of every signalling request. */
export const handlers: { [Name in SignallingRequestName]: Handler<Name> } = {
  "room-join": joinRoom,
  "room-snapshot": readSnapshot,
  "room-leave": leaveRoom,
  "transport-create": createTransport,
  "transport-connect": connectTransport,
  "transport-restart-ice": restartIce,
  "media-produce": produceMedia,
  "media-mute": muteMedia,
  "media-consume": consumeMedia,
  "media-resume": resumeMedia,
  "data-produce": produceData,
  "data-consume": consumeData,
};
