import { signallingProtocol, signallingRequests } from "@parley/shared/protocol/signalling";
import fc, { type Arbitrary } from "fast-check";
import { fixedIds } from "../inputs/fixed-ids";
import { nearly, nearlyOneOf } from "../inputs/nearly";

/** Stands for the id of the room that a target opens. */
export const roomPlaceholder = "$room";

const opaque = { codecs: [], headerExtensions: [{ id: 1 }] };
const { media: id } = fixedIds;
const media = { transportId: id, producerId: id, consumerId: id };
const details = {
  rtpParameters: opaque,
  rtpCapabilities: opaque,
  dtlsParameters: { role: "client", fingerprints: [] },
  sctpStreamParameters: { streamId: 0 },
};
const payloads = [
  { direction: "send" },
  { isMuted: true },
  { ...media, ...details },
  { protocol: signallingProtocol, roomId: roomPlaceholder, name: "Eve", seatToken: null },
];

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(signallingRequests)) },
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "0", ""),
  fc.string({ maxLength: 60 }),
);

const joins = fc.record({ name: fc.constant("room-join"), payload: nearly(payloads[3] ?? {}) });

/** Requests in any order, most of them nearly right. */
export const signallingRequestLists: Arbitrary<{ name: string; payload: unknown }[]> = fc.array(
  fc.oneof(joins, fc.record({ name: names, payload: nearlyOneOf(payloads) })),
  { maxLength: 12 },
);

/** Puts the room's id where its placeholder stands. */
export function inRoom(payload: unknown, roomId: string): unknown {
  const text: unknown = JSON.stringify(payload);
  if (typeof text !== "string") return payload;
  return JSON.parse(text.replaceAll(`"${roomPlaceholder}"`, JSON.stringify(roomId)));
}
