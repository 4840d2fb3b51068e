import type { IncomingHttpHeaders } from "node:http";
import { AppError, toWireError, type ErrorCode } from "@parley/shared/errors";
import type { FastifyPluginCallback, FastifyReply } from "fastify";
import type { ModelAdministration } from "../contracts/model-administration";
import { modelTargetSchema } from "./operations/model-operations";
import { isFromPeer } from "./peer-key";
import { requireLoaded } from "./require-loaded";

export type ModelsRouteOptions = {
  /** Null while the models load. */
  administration: () => ModelAdministration | null;
  /** The key of whoever may manage models; null: only this machine may. */
  linkKey: string | null;
};

/** HTTP status by error code; every other code is a fault of the server. */
const statuses: Partial<Record<ErrorCode, number>> = {
  "invalid-request": 400,
  "not-found": 404,
  "invalid-state": 409,
  "agent-unavailable": 503,
};

/**
 * `GET /api/models`, `POST /api/models/:name/:action` and `GET /api/house`. Authorisation is the media-server's, which
 * passes on only what the operator sends.
 */
export function modelsRoute({
  administration,
  linkKey,
}: ModelsRouteOptions): FastifyPluginCallback {
  const present = () => requireLoaded(administration());
  return (http, _options, done) => {
    http.addHook("onRequest", async (request, reply) => {
      const isFromPage = isFromBrowser(request.headers);
      if (!isFromPage && isFromPeer(request.raw, linkKey)) return;
      const message = isFromPage
        ? "Browsers reach this through Parley's own page."
        : "This needs the key that both servers share, INFERENCE_KEY.";
      const error = new AppError("operator-only", message);
      await reply.code(403).send({ error: toWireError(error) });
    });
    http.get("/api/models", (_request, reply) => answer(reply, () => present().overview()));
    http.get("/api/house", (_request, reply) => answer(reply, () => present().house()));
    http.post("/api/models/:name/:action", (request, reply) =>
      answer(reply, () => {
        const parsed = modelTargetSchema.safeParse(request.params);
        if (!parsed.success) throw new AppError("invalid-request", "no such action");
        return present().act(parsed.data.name, parsed.data.action);
      }),
    );
    done();
  };
}

/**
 * Requests of any page in the operator's browser look local here. Browsers always add one of these
 * headers; the media-server, which checks the operator, adds none.
 */
function isFromBrowser(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
}

async function answer(reply: FastifyReply, work: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return await reply.send(await work());
  } catch (error) {
    const wire = toWireError(error);
    return await reply.code(statuses[wire.code] ?? 500).send({ error: wire });
  }
}
