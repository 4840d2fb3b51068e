import { documented } from "@parley/api-document/operation";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { InferenceModels } from "./inference-models";
import { actOnModel, listModels, modelTargetSchema } from "./operations/model-operations";
import { OperatorAdmission } from "./operator-admission";

export type ModelRoutesOptions = {
  directory: Pick<WorkerDirectory, "workers">;
  inferenceKey: string | null;
  operatorKey: string | null;
  clock: Clock;
};

/** Routes of the models API (see shared/protocol/models-api), forwarded for the operator. */
export function addModelRoutes(server: FastifyInstance, options: ModelRoutesOptions): void {
  const admission = new OperatorAdmission(options);
  const models = new InferenceModels(options.directory, options.inferenceKey);

  server.get("/api/models", documented(listModels), (request, reply) => {
    admission.require(request, reply);
    return models.overview();
  });

  server.post("/api/models/:name/:action", documented(actOnModel), (request, reply) => {
    admission.requireOwnPage(request, reply);
    const target = modelTargetSchema.safeParse(request.params);
    if (!target.success) throw new AppError("not-found", "There is no such model or action.");
    return models.act(target.data.name, target.data.action);
  });
}
