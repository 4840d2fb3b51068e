import type { RoomId } from "@parley/shared/protocol/ids";
import type { RoomDescription } from "@parley/shared/protocol/rooms-api";

/** Where a room is, as seen from here. */
export type RoomPlace =
  | { type: "here" }
  /** At another server, which is there. */
  | { type: "elsewhere"; address: string }
  /** There is no such room. */
  | { type: "nowhere" };

/** Which server has which room. Each open room is at one server at a time. */
export type RoomHomes = {
  /**
   * Takes a room up for this server, unless another one has it. A room of a server that has died is
   * waited for until that is certain.
   *
   * @param isNew it was made here just now, so that nobody else can have it
   * @throws AppError `timeout` or `at-capacity`, retryable, when nobody can tell, or may take it
   */
  claim(roomId: RoomId, options?: { isNew: boolean }): Promise<RoomPlace>;
  /** Gives a room that is closed and stored to whoever wants it. Never throws. */
  release(roomId: RoomId): Promise<void>;
  /** What another server says of a room that it has; null when none has it. */
  describe(roomId: RoomId): Promise<RoomDescription | null>;
  /** Addresses of all servers that browsers may turn to when theirs is gone; none but in a fleet. */
  readonly servers: readonly string[];
  /** Calls back when another server has taken a room. @returns a function that ends it */
  onLost(listener: (roomId: RoomId) => void): () => void;
  /** From now on nothing is taken up: what comes is sent to other servers. */
  drain(): void;
  /** Idempotent. */
  close(): Promise<void>;
};

/** Home of every room, where there is one server. */
export const soleHome: RoomHomes = {
  claim: () => Promise.resolve({ type: "here" }),
  release: () => Promise.resolve(),
  describe: () => Promise.resolve(null),
  servers: [],
  onLost: () => () => undefined,
  drain: () => undefined,
  close: () => Promise.resolve(),
};
