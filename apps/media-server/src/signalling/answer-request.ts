import { AppError, toWireError } from "@parley/shared/errors";
import {
  signallingRequests,
  type Acknowledgement,
  type SignallingRequestName,
} from "@parley/shared/protocol/signalling";
import type { Log } from "../contracts/log";
import type { Connection } from "./connection";
import { handlers, type SignallingOptions } from "./handlers";

/** Parses and handles one request; the result or error becomes the acknowledgement. */
export async function answerRequest(
  context: SignallingOptions,
  connection: Connection,
  request: { name: unknown; payload: unknown },
  log: Log,
): Promise<Acknowledgement<unknown>> {
  const { name, payload } = request;
  try {
    if (!isRequestName(name)) {
      throw new AppError("invalid-request", `unknown request ${String(name).slice(0, 40)}`);
    }
    if (name !== "room-join") connection.assertJoined();
    return { ok: true, value: await runHandler(name, context, connection, payload) };
  } catch (error) {
    const wire = toWireError(error);
    const place = { name, ...connection.place };
    if (wire.code === "internal") log.error({ ...place, error }, "a signalling request failed");
    else log.debug({ ...place, code: wire.code }, "a signalling request was refused");
    return { ok: false, error: wire };
  }
}

function isRequestName(name: unknown): name is SignallingRequestName {
  return typeof name === "string" && Object.hasOwn(signallingRequests, name);
}

async function runHandler<Name extends SignallingRequestName>(
  name: Name,
  context: SignallingOptions,
  connection: Connection,
  payload: unknown,
): Promise<unknown> {
  const request = signallingRequests[name].request.parse(payload);
  const handler = handlers[name] as (
    context: SignallingOptions,
    connection: Connection,
    request: unknown,
  ) => Promise<unknown>;
  return handler(context, connection, request);
}
