import type { Opaque } from "./opaque";

/** A call of the Realtime API over WebRTC. Its id is a capability: knowing it permits to hang up. */
export type CallId = string & { readonly callId: never };

/** What a call's browser offers, as mediasoup takes it, which checks what is opaque. */
export type CallOffer = {
  dtlsParameters: Opaque;
  /** Of Opus, in both directions. */
  payloadType: number;
  /** RTP parameters of the microphone's track; null where the browser sends none. */
  microphone: Opaque | null;
  /** RTP capabilities for the agent's track; null where the browser wants none. */
  hearing: Opaque | null;
  /** Lost packets are asked for again (NACK). */
  isRepaired: boolean;
  /** Longest message that the browser takes on its data channel, in bytes; null without one. */
  maxEventBytes: number | null;
};

/** The session of a call, which inference is asked for. */
export type CallSession = {
  model: string;
  /** An ephemeral key; null without one. A secret. */
  secret: string | null;
  /** The Realtime API's settings of a session, which inference checks; null for its defaults. */
  settings: Opaque | null;
};

/** What the answer to a call's offer is made of. */
export type OpenedCall = {
  iceParameters: { usernameFragment: string; password: string };
  iceCandidates: readonly CallCandidate[];
  fingerprints: readonly { algorithm: string; value: string }[];
  sctp: { port: number; maxMessageBytes: number } | null;
  voice: { ssrc: number; cname: string } | null;
};

export type CallCandidate = {
  foundation: string;
  priority: number;
  address: string;
  port: number;
  protocol: "udp" | "tcp";
};

export type CallEnd =
  /** The browser hung up, or its network is gone. */
  | "left"
  /** The browser never came after the answer. */
  | "never-connected"
  | "hung-up"
  | "idle"
  /** Its session at inference ended. */
  | "session-lost"
  /** Its media worker or the media thread died. */
  | "media-lost"
  /** Somebody does not read what is sent. */
  | "stuck";
