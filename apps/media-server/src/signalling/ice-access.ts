import { turnCredentials } from "@parley/admission/turn-credentials";
import type { Clock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { SignallingResponse } from "@parley/shared/protocol/signalling";

/** How a browser gets through to the media: given to each member who joins. */
export type IceAccess = Pick<SignallingResponse<"room-join">, "iceServers" | "iceTransportPolicy">;

export type TurnSettings = {
  /** Such as `turn:turn.example.org:3478?transport=tcp`. */
  urls: string[];
  /** The secret that the TURN server shares: coturn's `static-auth-secret`. */
  secret: string;
};

export type IceSettings = {
  /** STUN and TURN servers as WebRTC's `RTCIceServer`, given as they are. */
  iceServers: Record<string, unknown>[];
  turn: TurnSettings | null;
  /** Media goes by TURN alone. */
  isRelayOnly: boolean;
};

/** Lifetime of credentials: beyond any conversation, since relays ask for them on and on. */
const lifetimeMs = 24 * 60 * 60 * 1_000;

/** The servers for one member. TURN's credentials are made for the member and end by themselves. */
export function iceAccess(settings: IceSettings, memberId: MemberId, clock: Clock): IceAccess {
  const { iceServers, turn, isRelayOnly } = settings;
  return {
    iceServers: [...iceServers, ...(turn === null ? [] : [turnServer(turn, memberId, clock)])],
    iceTransportPolicy: isRelayOnly ? "relay" : "all",
  };
}

function turnServer({ urls, secret }: TurnSettings, memberId: MemberId, clock: Clock) {
  const untilMs = clock.now() + lifetimeMs;
  return { urls, ...turnCredentials({ secret, name: memberId, untilMs }) };
}
