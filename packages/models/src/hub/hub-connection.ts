import type { Clock } from "@parley/shared/async/clock";
import { isAbort } from "@parley/shared/async/abort";
import { AppError, errorMessage } from "@parley/shared/errors";
import { failureOf, HubUnreachable, TransientFailure } from "./hub-failure";
import type { HubSettings } from "./hub-settings";

const mostRedirects = 8;
/** Status of a range past the file's end, which `HubClient.open` handles. */
export const rangeNotSatisfiable = 416;
/** Silence of the server after which a request fails. */
export const silenceMs = 30_000;

export type HubRequest = {
  method: "GET" | "HEAD";
  /** Path below the endpoint, with a leading slash. */
  path: string;
  headers?: Record<string, string>;
  /** Subject of the request in error messages. */
  what: string;
  repository: string;
  /** Do not follow redirects to other hosts; the hub's own headers are what is needed. */
  staysOnHub?: boolean;
  signal: AbortSignal;
};

export type HubResponse = {
  response: Response;
  /** Aborts the response and its body with a retryable failure. */
  giveUp: () => void;
};

/**
 * Requests to the hub. Redirects are followed here and not by `fetch`, so that the token is sent to
 * the endpoint's origin only.
 */
export class HubConnection {
  readonly #settings: HubSettings;
  readonly #clock: Clock;

  constructor(settings: HubSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** @throws TransientFailure; AppError with advice; the signal's reason */
  async send(request: HubRequest): Promise<HubResponse> {
    const { what, repository, signal } = request;
    const { endpoint, token } = this.#settings;
    const controller = new AbortController();
    const giveUp = () => {
      controller.abort(new TransientFailure("timeout", `${what}: the server does not respond`));
    };
    const cancelTimer = this.#clock.schedule(silenceMs, giveUp);
    try {
      const either = AbortSignal.any([signal, controller.signal]);
      const response = await this.#follow(request, either);
      const { status } = response;
      const isRedirect = status >= 300 && status < 400;
      if (response.ok || isRedirect || status === rangeNotSatisfiable) return { response, giveUp };
      await response.body?.cancel();
      const nowMs = this.#clock.now();
      throw failureOf(response, { what, repository, endpoint, hasToken: token !== null, nowMs });
    } catch (error) {
      throw this.explain(error, request);
    } finally {
      cancelTimer();
    }
  }

  /** Maps an error of the connection or the body to the error for the caller. */
  explain(error: unknown, { signal }: Pick<HubRequest, "signal">): unknown {
    if (signal.aborted) return signal.reason;
    if (error instanceof AppError || isAbort(error)) return error;
    const { cause } = error instanceof Error ? error : { cause: null };
    const reason = errorMessage(cause instanceof Error ? cause : error);
    return new HubUnreachable(this.#settings.endpoint, reason, { cause: error });
  }

  async #follow(request: HubRequest, signal: AbortSignal): Promise<Response> {
    const { method, headers = {}, what, staysOnHub = false } = request;
    const { endpoint, token } = this.#settings;
    const { origin } = new URL(endpoint);
    let url = new URL(`${endpoint}${request.path}`);
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const isHub = url.origin === origin;
      const response = await fetch(url, {
        method,
        headers: {
          ...headers,
          // Sizes and ranges refer to the uncompressed file.
          "accept-encoding": "identity",
          "user-agent": "parley",
          ...(isHub && token !== null ? { authorization: `Bearer ${token}` } : {}),
        },
        redirect: "manual",
        signal,
      });
      const location = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || location === null) return response;
      const next = new URL(location, url);
      if (staysOnHub && next.origin !== origin) return response;
      await response.body?.cancel();
      url = next;
    }
    throw new AppError("internal", `${what}: too many redirects`);
  }
}
