import { documented } from "@parley/api-document/operation";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import {
  roomCreateRequestSchema,
  roomListQuerySchema,
  transcriptQuerySchema,
  type RoomList,
  type TranscriptPage,
} from "@parley/shared/protocol/rooms-api";
import type { FastifyInstance } from "fastify";
import pLimit from "p-limit";
import type { RoomArchive } from "../contracts/room-archive";
import type { RoomAdmission } from "../rooms/room-admission";
import type { RoomRegistry } from "../rooms/room-registry";
import { AddressLimiter } from "@parley/admission/address-limiter";
import { AddressSlots } from "@parley/admission/address-slots";
import { formatTranscript } from "./format-transcript";
import {
  createRoom,
  deleteRoom,
  describeRoom,
  listRooms,
  readTranscript,
} from "./operations/room-operations";
import { inPieces, jsonParts } from "./in-pieces";
import { OperatorAdmission } from "./operator-admission";
import { pageBefore } from "./transcript-page";

/** Transcript rate per address: each answer reads and parses a whole file. */
const transcriptRate = { burst: 10, perSecond: 0.5 };

/** Transcripts that are read from the disk at a time, of all addresses: some are many megabytes. */
const transcriptsAtOnce = 2;

/**
 * Transcripts on their way at a time, in all and to one address: each holds its room's lines in
 * memory until the client has read them.
 */
const transcriptsOnTheirWay = { all: 32, address: 8 };

/** Room creation rate per address: enough for a class behind one NAT, not for a script. */
const creationRate = { burst: 40, perSecond: 1 };

export type RoomRoutesOptions = {
  rooms: RoomRegistry;
  admission: RoomAdmission;
  archive: RoomArchive;
  /** Bearer token that allows listing and deleting rooms; null: only this machine may. */
  operatorKey: string | null;
  clock: Clock;
};

type RoomParams = { Params: { roomId: string } };

/** Routes of the rooms API (see shared/protocol/rooms-api). */
export function addRoomRoutes(server: FastifyInstance, options: RoomRoutesOptions): void {
  const { rooms, archive, clock } = options;
  const limiter = new AddressLimiter(clock, creationRate);
  const transcriptLimiter = new AddressLimiter(clock, transcriptRate);
  const inTurn = pLimit(transcriptsAtOnce);
  const onTheirWay = new AddressSlots(transcriptsOnTheirWay.all);
  const ofAddress = new AddressSlots(transcriptsOnTheirWay.address);

  const operator = new OperatorAdmission(options);

  server.post("/api/rooms", documented(createRoom), async (request, reply) => {
    if (!limiter.take(request.ip)) {
      throw new AppError("too-many-requests", "Too many rooms were made from this address.", {
        isRetryable: true,
      });
    }
    await options.admission.require();
    const room = await rooms.create(roomCreateRequestSchema.parse(request.body ?? {}));
    return reply.code(201).send(room.describe());
  });

  server.get("/api/rooms", documented(listRooms), async (request, reply): Promise<RoomList> => {
    operator.requireOwnPage(request, reply);
    const { limit, beforeMs = null } = roomListQuerySchema.parse(request.query);
    const listings = await archive.list({ limit, beforeMs });
    return { rooms: listings.map((listing) => rooms.listed(listing)) };
  });

  server.delete<RoomParams>(
    "/api/rooms/:roomId",
    documented(deleteRoom),
    async (request, reply) => {
      operator.requireOwnPage(request, reply);
      if (!(await rooms.delete(readRoomId(request.params.roomId)))) throw notFound();
      return reply.code(204).send();
    },
  );

  server.get<RoomParams>("/api/rooms/:roomId", documented(describeRoom), async (request) => {
    const description = await rooms.describe(readRoomId(request.params.roomId));
    if (description === null) throw notFound();
    return description;
  });

  server.get<RoomParams>(
    "/api/rooms/:roomId/transcript",
    documented(readTranscript),
    async (request, reply) => {
      if (!transcriptLimiter.take(request.ip)) throw tooManyTranscripts();
      for (const [slots, holder] of [
        [ofAddress, request.ip],
        [onTheirWay, ""],
      ] as const) {
        const release = slots.take(holder);
        if (release === null) throw tooManyTranscripts();
        // An answer that is cut short is closed and never finished.
        reply.raw.once("finish", release).once("close", release);
      }
      const { format, before, limit } = transcriptQuerySchema.parse(request.query);
      const roomId = readRoomId(request.params.roomId);
      // A reply is awaited until its client has read it, and would hold the turn so long.
      const archived = await inTurn(() => archive.load(roomId));
      if (archived === null) throw notFound();
      reply.header("content-disposition", `attachment; filename="transcript.${format}"`);
      reply.header("cache-control", "no-store");
      if (format === "txt" && before === undefined) {
        return reply.type("text/plain; charset=utf-8").send(inPieces(formatTranscript(archived)));
      }
      const { title, createdAtMs } = archived.record;
      const { entries, ...page } = pageBefore(archived.entries, before, limit);
      const fields: Omit<TranscriptPage, "entries"> = { roomId, title, createdAtMs, ...page };
      return reply
        .type("application/json; charset=utf-8")
        .send(inPieces(jsonParts(fields, "entries", entries)));
    },
  );
}

/** Parses a room id; a malformed one is `room-not-found`, like an unknown one. */
function readRoomId(text: string): RoomId {
  const parsed = roomIdSchema.safeParse(text);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function tooManyTranscripts(): AppError {
  const message = "Too many transcripts at once; wait a little.";
  return new AppError("too-many-requests", message, { isRetryable: true });
}

function notFound(): AppError {
  return new AppError("room-not-found", "There is no such room.");
}
