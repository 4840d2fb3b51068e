import { operation, type Operation } from "@parley/api-document/operation";
import { workerCardSchema } from "@parley/shared/protocol/worker-card";
import { z } from "zod";

const readiness = {
  "application/json": workerCardSchema.pick({
    isReady: true,
    isDraining: true,
    chat: true,
    load: true,
  }),
};

/** How the server is, by method and path. */
export const serverOperations: Readonly<Record<string, Operation>> = {
  "GET /health": operation({
    id: "readHealth",
    group: "server",
    summary: "Whether the server runs, and how many rooms it serves",
    access: "everyone",
    answers: {
      200: {
        description: "It runs",
        content: {
          "application/json": z.object({ status: z.literal("ok"), sessions: z.int() }),
        },
      },
    },
  }),
  "GET /ready": operation({
    id: "readReadiness",
    group: "server",
    summary: "Whether the models are loaded and rooms are taken",
    access: "everyone",
    answers: {
      200: { description: "They are", content: readiness },
      503: { description: "They are not", content: readiness },
    },
  }),
};
