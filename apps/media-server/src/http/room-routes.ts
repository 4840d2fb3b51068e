import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { roomIdSchema, type RoomId } from "@parley/shared/protocol/ids";
import { roomCreateRequestSchema, transcriptFormatSchema } from "@parley/shared/protocol/rooms-api";
import type { FastifyInstance } from "fastify";
import pLimit from "p-limit";
import { z } from "zod";
import type { RoomArchive } from "../contracts/room-archive";
import type { RoomAdmission } from "../rooms/room-admission";
import type { RoomRegistry } from "../rooms/room-registry";
import { AddressLimiter } from "@parley/admission/address-limiter";
import { formatTranscript } from "./format-transcript";

/** Transcript rate per address: each answer reads and parses a whole file. */
const transcriptRate = { burst: 10, perSecond: 0.5 };

/** Transcripts that are read and written out at a time, of all addresses: some are many megabytes. */
const transcriptsAtOnce = 2;

/** Room creation rate per address: enough for a class behind one NAT, not for a script. */
const creationRate = { burst: 40, perSecond: 1 };

export type RoomRoutesOptions = {
  rooms: RoomRegistry;
  admission: RoomAdmission;
  archive: RoomArchive;
  clock: Clock;
};

const transcriptQuerySchema = z.object({ format: transcriptFormatSchema.default("txt") });

/** Routes of the rooms API (see shared/protocol/rooms-api). */
export function addRoomRoutes(server: FastifyInstance, options: RoomRoutesOptions): void {
  const { rooms, archive, clock } = options;
  const limiter = new AddressLimiter(clock, creationRate);
  const transcriptLimiter = new AddressLimiter(clock, transcriptRate);
  const inTurn = pLimit(transcriptsAtOnce);

  server.post("/api/rooms", async (request, reply) => {
    if (!limiter.take(request.ip)) {
      throw new AppError("too-many-requests", "Too many rooms were made from this address.", {
        isRetryable: true,
      });
    }
    await options.admission.require();
    const room = await rooms.create(roomCreateRequestSchema.parse(request.body ?? {}));
    return reply.code(201).send(room.describe());
  });

  server.get<{ Params: { roomId: string } }>("/api/rooms/:roomId", async (request) => {
    const description = await rooms.describe(readRoomId(request.params.roomId));
    if (description === null) throw notFound();
    return description;
  });

  server.get<{ Params: { roomId: string } }>(
    "/api/rooms/:roomId/transcript",
    async (request, reply) => {
      if (!transcriptLimiter.take(request.ip)) {
        throw new AppError("too-many-requests", "Too many transcripts at once; wait a little.", {
          isRetryable: true,
        });
      }
      const { format } = transcriptQuerySchema.parse(request.query);
      const roomId = readRoomId(request.params.roomId);
      return inTurn(async () => {
        const archived = await archive.load(roomId);
        if (archived === null) throw notFound();
        reply.header("content-disposition", `attachment; filename="transcript.${format}"`);
        reply.header("cache-control", "no-store");
        if (format === "txt") {
          return reply.type("text/plain; charset=utf-8").send(formatTranscript(archived));
        }
        const { title, createdAtMs } = archived.record;
        return reply.send({ roomId, title, createdAtMs, entries: archived.entries });
      });
    },
  );
}

/** Parses a room id; a malformed one is `room-not-found`, like an unknown one. */
function readRoomId(text: string): RoomId {
  const parsed = roomIdSchema.safeParse(text);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

function notFound(): AppError {
  return new AppError("room-not-found", "There is no such room.");
}
