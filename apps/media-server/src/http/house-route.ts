import { AddressLimiter } from "@parley/admission/address-limiter";
import { documented } from "@parley/api-document/operation";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { House } from "@parley/shared/protocol/house-api";
import type { FastifyInstance } from "fastify";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { InferenceModels } from "./inference-models";
import { readHouse } from "./operations/model-operations";
import { isOperator } from "./operator-guard";
import { PresentHouse } from "./present-house";

/** Everybody's page asks on opening and twice a minute: enough for a class behind one address. */
const requestRate = { burst: 100, perSecond: 4 };

export type HouseRouteOptions = {
  directory: Pick<WorkerDirectory, "workers">;
  inferenceKey: string | null;
  operatorKey: string | null;
  clock: Clock;
};

/** `GET /api/house`: what hears, thinks and speaks; to the operator also what would be better. */
export function addHouseRoute(server: FastifyInstance, options: HouseRouteOptions): void {
  const { clock, operatorKey } = options;
  const limiter = new AddressLimiter(clock, requestRate);
  const models = new InferenceModels(options.directory, options.inferenceKey);
  const present = new PresentHouse(models, clock);

  server.get("/api/house", documented(readHouse), async (request, reply): Promise<House> => {
    reply.header("cache-control", "no-store");
    if (!limiter.take(request.ip)) {
      throw new AppError("too-many-requests", "This address asks too often.", {
        isRetryable: true,
      });
    }
    const { headers, socket } = request;
    const mayChange = isOperator({ headers, peerAddress: socket.remoteAddress }, operatorKey);
    const house = await present.read();
    return { ...house, better: mayChange ? house.better : null, isOperator: mayChange };
  });
}
