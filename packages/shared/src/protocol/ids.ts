import { z } from "zod";

/** Ids of 128 random bits as base64url: 22 characters, not guessable. */
const idPattern = /^[A-Za-z0-9_-]{22}$/;

function idSchema<Brand extends string>(brand: Brand) {
  return z.string().regex(idPattern, `not a ${brand}`).brand<Brand>();
}

/** A room. Its id is a capability: knowing it is the permission to join. */
export const roomIdSchema = idSchema("RoomId");
export type RoomId = z.infer<typeof roomIdSchema>;

/** Someone in a room. The agent is a member like any other. */
export const memberIdSchema = idSchema("MemberId");
export type MemberId = z.infer<typeof memberIdSchema>;

/** A turn: speech of one member, from the first word to the last. */
export const turnIdSchema = idSchema("TurnId");
export type TurnId = z.infer<typeof turnIdSchema>;

/** A reply of the agent. All its messages and frames carry the id, so that it can be cancelled. */
export const replyIdSchema = idSchema("ReplyId");
export type ReplyId = z.infer<typeof replyIdSchema>;

/** A transcript entry: a turn, a reply, a typed message or a use of a tool, with the same id as that. */
export const entryIdSchema = idSchema("EntryId");
export type EntryId = z.infer<typeof entryIdSchema>;

/** A secret by which a reconnecting browser resumes its seat. */
export const seatTokenSchema = idSchema("SeatToken");
export type SeatToken = z.infer<typeof seatTokenSchema>;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A new random id of the given type: `newId<RoomId>()`. */
export function newId<Id extends string>(): Id {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(22));
  let id = "";
  for (const byte of bytes) id += alphabet.charAt(byte & 63);
  return id as Id;
}
