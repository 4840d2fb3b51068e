import type {
  SignallingNotice,
  SignallingNoticeName,
  SignallingRequest,
  SignallingRequestName,
  SignallingResponse,
} from "@parley/shared/protocol/signalling";

/** Notice with its name, as a union to switch on. */
export type ReceivedNotice = {
  [Name in SignallingNoticeName]: { name: Name; payload: SignallingNotice<Name> };
}[SignallingNoticeName];

export type SignallingClientEvent =
  | { type: "connected" }
  /** The socket was lost; the client reconnects until it is closed. */
  | { type: "disconnected" }
  | { type: "notice"; notice: ReceivedNotice };

export type RequestOptions = { signal?: AbortSignal; timeoutMs?: number };

/** Signalling between one browser and the server: requests and notices. */
export type SignallingClient = {
  readonly isConnected: boolean;
  /** Resolves once connected; retries while the server cannot be reached. */
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
