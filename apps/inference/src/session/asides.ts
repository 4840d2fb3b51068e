import type { TurnId } from "@parley/shared/protocol/ids";
import type { AudibleReply } from "./audible-reply";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";
import { takesFloor } from "./words/aside";
import { isBackchannel } from "./words/backchannel";
import { isEcho } from "./words/echo";

/** Open turn that settled over a reply as nothing to answer. */
export type Aside = { readonly turnId: TurnId; readonly kind: "echo" | "backchannel" };

/** @returns what a turn over the reply is, besides a line to answer; null when it is one */
export function asideOf(
  { text, speechMs, isNudged, isHeardListening }: Turn,
  reply: AudibleReply | null,
  settings: Pick<SessionSettings, "asideLimitMs">,
): Aside["kind"] | null {
  // Who was asked to go on does so.
  if (reply === null || text === "" || isNudged === true) return null;
  const isListed = isBackchannel(text);
  if (!isListed && isEcho(text, reply.recentText)) return "echo";
  const isShort =
    speechMs <= settings.asideLimitMs && !takesFloor(text, reply.names, isHeardListening);
  return (isListed || isShort) && !reply.isEndOfQuestion ? "backchannel" : null;
}

/** @param kind null when the turn is none, or over */
export function withAside(
  asides: readonly Aside[],
  { turnId }: Turn,
  kind: Aside["kind"] | null,
): readonly Aside[] {
  if (kind === null && asides.length === 0) return asides;
  const others = asides.filter((aside) => aside.turnId !== turnId);
  return kind === null ? others : [...others, { turnId, kind }];
}
