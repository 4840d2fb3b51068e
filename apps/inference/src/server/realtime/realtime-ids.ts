import { newId } from "@parley/shared/protocol/ids";

/** Kinds of ids of the Realtime API. */
export type RealtimeIdKind = "sess" | "conv" | "item" | "resp" | "event" | "call" | "ek";

/** @returns an id such as `item_` and 22 characters, not guessable */
export function realtimeId(kind: RealtimeIdKind): string {
  return `${kind}_${newId<string>()}`;
}
