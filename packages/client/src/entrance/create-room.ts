import {
  roomCreateRequestSchema,
  roomDescriptionSchema,
  type RoomDescription,
} from "@parley/shared/protocol/rooms-api";
import type { z } from "zod";
import { ProblemError, problemOf } from "../problem";
import { requestJson } from "../request-json";
import { serverOrigin } from "./server-origin";

/** Title and agent of a new room; what is left out has its default. */
export type NewRoom = z.input<typeof roomCreateRequestSchema> & {
  /** Address of the server; a page of Parley's own needs none. */
  server?: string;
  signal?: AbortSignal;
};

/**
 * Creates a room. Its id is its key: whoever knows it may join.
 *
 * @throws ProblemError such as `server-unreachable`, `at-capacity` or `too-many-requests`
 */
export async function createRoom(options: NewRoom = {}): Promise<RoomDescription> {
  const { server, signal, ...request } = options;
  const address = `${serverOrigin(server)}/api/rooms`;
  const body = roomCreateRequestSchema.parse(request);
  try {
    return await requestJson(address, roomDescriptionSchema, {
      body,
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    const message = error instanceof Error ? error.message : "The room could not be created.";
    throw new ProblemError(problemOf(error), message, { cause: error });
  }
}
