import type {
  SignallingNotice,
  SignallingNoticeName,
  SignallingRequest,
  SignallingRequestName,
  SignallingResponse,
} from "@parley/shared/protocol/signalling";

/** A notice with its name, as a union to switch on. */
export type ReceivedNotice = {
  [Name in SignallingNoticeName]: { name: Name; payload: SignallingNotice<Name> };
}[SignallingNoticeName];

export type SignallingClientEvent =
  | { type: "connected" }
  /** The client goes on trying until it is closed. */
  | { type: "disconnected" }
  | { type: "notice"; notice: ReceivedNotice };

export type RequestOptions = { signal?: AbortSignal; timeoutMs?: number };

/** Requests and notices between one browser and the server. */
export type SignallingClient = {
  readonly isConnected: boolean;
  /** Resolves once connected; a server that is away is tried again until then. */
  connect(signal: AbortSignal): Promise<void>;
  /** @throws AppError with the server's code, `timeout`, or `invalid-state` while disconnected. */
  request<Name extends SignallingRequestName>(
    name: Name,
    payload: SignallingRequest<Name>,
    options?: RequestOptions,
  ): Promise<SignallingResponse<Name>>;
  subscribe(listener: (event: SignallingClientEvent) => void): () => void;
  /** Idempotent. */
  close(): void;
};
