import { z } from "zod";

/** 128 random bits as base64url: 22 characters that nobody can guess. */
const idPattern = /^[A-Za-z0-9_-]{22}$/;

function idSchema<Brand extends string>(brand: Brand) {
  return z.string().regex(idPattern, `not a ${brand}`).brand<Brand>();
}

/** A room. Whoever knows the id may enter: the link is the room. */
export const roomIdSchema = idSchema("RoomId");
export type RoomId = z.infer<typeof roomIdSchema>;

/** Someone in a room. The agent is a member like any other. */
export const memberIdSchema = idSchema("MemberId");
export type MemberId = z.infer<typeof memberIdSchema>;

/** What a member says, from the first word to the last. */
export const turnIdSchema = idSchema("TurnId");
export type TurnId = z.infer<typeof turnIdSchema>;

/** What the agent says in answer. Everything of a reply carries its id, so that it can be cut. */
export const replyIdSchema = idSchema("ReplyId");
export type ReplyId = z.infer<typeof replyIdSchema>;

/** One line of the transcript: a turn, a reply or a typed message, under that thing's own id. */
export const entryIdSchema = idSchema("EntryId");
export type EntryId = z.infer<typeof entryIdSchema>;

/** Proof that a reconnecting browser is the member it says it is. */
export const seatTokenSchema = idSchema("SeatToken");
export type SeatToken = z.infer<typeof seatTokenSchema>;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** A fresh id; name its type: `newId<RoomId>()`. */
export function newId<Id extends string>(): Id {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(22));
  let id = "";
  for (const byte of bytes) id += alphabet.charAt(byte & 63);
  return id as Id;
}
