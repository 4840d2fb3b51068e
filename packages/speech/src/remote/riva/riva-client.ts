import {
  Client,
  credentials,
  Metadata,
  status,
  type ClientDuplexStream,
  type ClientReadableStream,
} from "@grpc/grpc-js";
import type { ServiceDefinition } from "@grpc/proto-loader";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { badStatus, brokenOff, unreachable } from "../remote-failure";
import type { RemoteMachine } from "../remote-machine";
import { rivaAddress } from "./riva-address";

export type RivaClientOptions = {
  url: URL;
  apiKey: string | null;
  machine: RemoteMachine;
  service: ServiceDefinition;
};

const failureSchema = z.object({ code: z.int() });
const keyRefusals: readonly number[] = [status.UNAUTHENTICATED, status.PERMISSION_DENIED];
const away: readonly number[] = [status.UNAVAILABLE];
const full: readonly number[] = [status.RESOURCE_EXHAUSTED];
/** A later call with the same arguments would fail likewise. */
const lasting: readonly number[] = [
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.UNIMPLEMENTED,
  status.FAILED_PRECONDITION,
];
/** A dead peer is noticed within twice this. */
const keepalive = { "grpc.keepalive_time_ms": 10_000, "grpc.keepalive_timeout_ms": 5_000 };
/** gRPC's own wait between two connections; its default grows to two minutes. */
const reconnecting = {
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 2_000,
};

/** Calls of one service of Riva's, by the names of its methods. Messages are plain objects. */
export class RivaClient {
  readonly #options: RivaClientOptions;
  readonly #client: Client;
  readonly #metadata = new Metadata();

  constructor(options: RivaClientOptions) {
    this.#options = options;
    const { target, isEncrypted, metadata } = rivaAddress(options.url);
    for (const [name, value] of metadata) this.#metadata.set(name, value);
    if (options.apiKey !== null) this.#metadata.set("authorization", `Bearer ${options.apiKey}`);
    const security = isEncrypted ? credentials.createSsl() : credentials.createInsecure();
    this.#client = new Client(target, security, { ...keepalive, ...reconnecting });
  }

  /** @throws AppError that names the machine; the signal's reason */
  ask(method: string, request: object, signal: AbortSignal): Promise<unknown> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const call = this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        this.#metadata,
        (error, answer) => {
          signal.removeEventListener("abort", cancel);
          if (error === null) resolve(answer);
          else reject(signal.aborted ? (signal.reason as Error) : this.failure(error));
        },
      );
      const cancel = () => {
        call.cancel();
      };
      signal.addEventListener("abort", cancel);
    });
  }

  /** A call whose answer comes in parts. */
  read(method: string, request: object): ClientReadableStream<object> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    return this.#client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      this.#metadata,
    );
  }

  /** A call in which both sides send as they like. */
  converse(method: string): ClientDuplexStream<object, object> {
    const { path, requestSerialize, responseDeserialize } = this.#method(method);
    return this.#client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      this.#metadata,
    );
  }

  /** A failed call as an error that names the machine. */
  failure(error: unknown): AppError {
    if (error instanceof AppError) return error;
    const { machine } = this.#options;
    const code = failureSchema.safeParse(error).data?.code ?? status.UNKNOWN;
    if (keyRefusals.includes(code)) return badStatus(machine, 401);
    if (away.includes(code)) return unreachable(machine, error);
    const why = status[code] ?? `status ${code}`;
    if (full.includes(code)) {
      const message = brokenOff(machine, why).message;
      return new AppError("at-capacity", message, { cause: error, isRetryable: true });
    }
    const broken = brokenOff(machine, why, error);
    if (!lasting.includes(code)) return broken;
    return new AppError("agent-unavailable", broken.message, { cause: error });
  }

  /** Whether a call failed because the server lacks the method, as older ones do. */
  static isMissing(error: unknown): boolean {
    const cause = error instanceof AppError ? error.cause : error;
    return failureSchema.safeParse(cause).data?.code === status.UNIMPLEMENTED;
  }

  close(): void {
    this.#client.close();
  }

  #method(name: string) {
    const method = this.#options.service[name];
    if (method === undefined) throw new TypeError(`no method ${name}`);
    return method;
  }
}
