import { AppError, toWireError } from "@parley/shared/errors";
import { workerCardPath, type WorkerCard } from "@parley/shared/protocol/worker-card";
import type { FastifyPluginCallback } from "fastify";
import { isFromPeer } from "./peer-key";

export type WorkerRouteOptions = {
  card: () => WorkerCard;
  /** The key of media-servers; null: only this machine may ask. */
  linkKey: string | null;
};

/** `GET /api/worker`: what media-servers choose a worker by. */
export function workerRoute({ card, linkKey }: WorkerRouteOptions): FastifyPluginCallback {
  return (http, _options, done) => {
    http.get(workerCardPath, async (request, reply) => {
      if (isFromPeer(request.raw, linkKey)) return card();
      const message = "This needs the key that both servers share, INFERENCE_KEY.";
      const error = new AppError("operator-only", message);
      return await reply.code(403).send({ error: toWireError(error) });
    });
    done();
  };
}
