import { operation } from "@parley/api-document/operation";
import { roomIdSchema } from "@parley/shared/protocol/ids";
import {
  roomCreateRequestSchema,
  roomDescriptionSchema,
  roomListQuerySchema,
  roomListSchema,
  transcriptPageSchema,
  transcriptQuerySchema,
} from "@parley/shared/protocol/rooms-api";
import { z } from "zod";

const group = "rooms";
const path = z.object({ roomId: roomIdSchema });
const unknownRoom = "`room-not-found`: there is no such room";
const tooMany = "`too-many-requests`: this address asks too often";
const storage = "`storage-unavailable`: the server’s disk cannot be used";
const operatorOnly = "`operator-only`: neither this machine nor the operator’s key";

export const createRoom = operation({
  id: "createRoom",
  group,
  summary: "Creates a room with its agent",
  description:
    "Every setting has a default, and a request without a body is enough. People join at `/r/` and the room’s id.",
  access: "everyone",
  body: { isRequired: false, content: { "application/json": roomCreateRequestSchema } },
  answers: {
    201: { description: "The room", content: { "application/json": roomDescriptionSchema } },
  },
  errors: {
    400: "`invalid-request`: names the setting that cannot be used",
    413: "`frame-too-large`: more than 64 kB",
    429: tooMany,
    503: "`at-capacity`: the server is busy with the rooms there are",
    507: storage,
  },
});

export const listRooms = operation({
  id: "listRooms",
  group,
  summary: "Lists rooms, those that were used last first",
  access: "operator",
  query: roomListQuerySchema,
  answers: {
    200: { description: "A page of them", content: { "application/json": roomListSchema } },
  },
  errors: { 400: "`invalid-request`", 401: operatorOnly, 429: tooMany, 507: storage },
});

export const describeRoom = operation({
  id: "describeRoom",
  group,
  summary: "Describes a room",
  access: "everyone",
  path,
  answers: {
    200: { description: "The room", content: { "application/json": roomDescriptionSchema } },
  },
  errors: { 404: unknownRoom, 507: storage },
});

export const readTranscript = operation({
  id: "readTranscript",
  group,
  summary: "Downloads a room’s transcript",
  access: "everyone",
  path,
  query: transcriptQuerySchema,
  answers: {
    200: {
      description: "As text, an entry a line, or as JSON",
      content: { "text/plain": "text", "application/json": transcriptPageSchema },
    },
  },
  errors: { 400: "`invalid-request`", 404: unknownRoom, 429: tooMany, 507: storage },
});

export const deleteRoom = operation({
  id: "deleteRoom",
  group,
  summary: "Deletes a room with its transcript",
  description: "Whoever is in it is told that it was closed. Nothing of it is kept.",
  access: "operator",
  path,
  answers: { 204: { description: "It is gone" } },
  errors: {
    400: "`invalid-request`: a page of another site",
    401: operatorOnly,
    404: unknownRoom,
    429: tooMany,
    507: storage,
  },
});
