import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { modelActionSchema } from "@parley/shared/protocol/models-api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { AddressLimiter } from "@parley/admission/address-limiter";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { InferenceModels } from "./inference-models";
import { refuseOtherSites, requireOperator } from "./operator-guard";

/** A few open pages that poll every second; too slow for guessing the operator's key. */
const requestRate = { burst: 40, perSecond: 4 };

export type ModelRoutesOptions = {
  directory: Pick<WorkerDirectory, "workers">;
  inferenceKey: string | null;
  operatorKey: string | null;
  clock: Clock;
};

/**
 * Path parameters. The name becomes a segment of inference's URL, so `..` must not pass; a precision
 * may follow it ("nemotron-streaming-en:int8").
 */
const targetSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,150}(?::[a-z0-9-]{1,40})?$/i),
  action: modelActionSchema,
});

/** Routes of the models API (see shared/protocol/models-api), forwarded for the operator. */
export function addModelRoutes(server: FastifyInstance, options: ModelRoutesOptions): void {
  const limiter = new AddressLimiter(options.clock, requestRate);
  const models = new InferenceModels(options.directory, options.inferenceKey);

  const admit = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header("cache-control", "no-store");
    if (!limiter.take(request.ip)) {
      throw new AppError("too-many-requests", "This address asks about models too often.", {
        isRetryable: true,
      });
    }
    const { headers, socket } = request;
    try {
      requireOperator({ headers, peerAddress: socket.remoteAddress }, options.operatorKey);
    } catch (error) {
      reply.header("www-authenticate", "Bearer");
      throw error;
    }
  };

  server.get("/api/models", (request, reply) => {
    admit(request, reply);
    return models.overview();
  });

  server.post("/api/models/:name/:action", (request, reply) => {
    refuseOtherSites(request.headers, request.host);
    admit(request, reply);
    const target = targetSchema.safeParse(request.params);
    if (!target.success) throw new AppError("not-found", "There is no such model or action.");
    return models.act(target.data.name, target.data.action);
  });
}
