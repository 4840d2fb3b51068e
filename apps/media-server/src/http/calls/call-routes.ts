import multipart from "@fastify/multipart";
import { AddressLimiter } from "@parley/admission/address-limiter";
import { bearerKey } from "@parley/admission/bearer-key";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { FastifyPluginCallback, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OpenCalls } from "../../calls/open-calls";
import type { WorkerDirectory } from "../../contracts/inference-worker";
import { readCallRequest } from "./call-request";
import { InferenceSecrets } from "./inference-secrets";
import { openAiError } from "./openai-error";
import { admitPages } from "./page-origins";

/** Calls and keys that an address may ask for: as many as rooms. */
const requestRate = { burst: 40, perSecond: 1 };
/** Limit on bodies: offers are 10 kB, settings with many tools more. */
const maxBodyBytes = 256_000;
/** Model that is asked for where a client names none; every name is accepted. */
const usualModel = "gpt-realtime";
/** In seconds: long enough for another call to end. */
const retrySeconds = 5;

const querySchema = z.object({ model: z.string().max(200).optional() });

export type CallRoutesOptions = {
  calls: OpenCalls;
  directory: Pick<WorkerDirectory, "workers">;
  inferenceKey: string | null;
  /** Origins of pages that may make calls, besides this server's own. */
  pageOrigins: readonly string[];
  clock: Clock;
};

/**
 * The Realtime API over WebRTC: `POST /v1/realtime/calls` answers a browser's offer,
 * `POST /v1/realtime/calls/ID/hangup` ends the call, `POST /v1/realtime/client_secrets` makes an
 * ephemeral key.
 */
export function callRoutes(options: CallRoutesOptions): FastifyPluginCallback {
  const { calls, clock, pageOrigins } = options;
  const limiter = new AddressLimiter(clock, requestRate);
  const secrets = new InferenceSecrets(options.directory, options.inferenceKey);
  const requireRate = ({ ip }: FastifyRequest) => {
    if (limiter.take(ip)) return;
    const message = "Too many calls were made from this address.";
    throw new AppError("too-many-requests", message, { isRetryable: true });
  };
  return (http, _options, done) => {
    admitPages(http, pageOrigins);
    http.setErrorHandler(async (error, _request, reply) => {
      const { status, body } = openAiError(error);
      if (status === 429 || status === 503) reply.header("retry-after", retrySeconds);
      await reply.code(status).send(body);
    });
    http.addContentTypeParser(
      "application/sdp",
      { parseAs: "string", bodyLimit: maxBodyBytes },
      (_request, sdp, parsed) => {
        parsed(null, { sdp });
      },
    );
    const limits = { fields: 4, files: 2, fieldSize: maxBodyBytes, fileSize: maxBodyBytes };
    http.register(multipart, { attachFieldsToBody: "keyValues", limits });
    // Without a route for it there would be no hook that answers a browser's question.
    http.options("/v1/realtime/*", (_request, reply) => reply.code(204).send());

    http.post("/v1/realtime/calls", { bodyLimit: 2 * maxBodyBytes }, async (request, reply) => {
      requireRate(request);
      const { headers, ip: address } = request;
      const { sdp, settings } = readCallRequest(request.body);
      const named = querySchema.parse(request.query).model ?? settings?.model;
      const model = typeof named === "string" ? named : usualModel;
      const key = bearerKey(headers);
      // Other keys are no business of inference's.
      const secret = key?.startsWith("ek_") === true ? key : null;
      const session = { model, secret, settings };
      const { callId, answer } = await calls.open({ sdp, session, address });
      return reply
        .code(201)
        .header("location", `/v1/realtime/calls/${callId}`)
        .type("application/sdp")
        .send(answer);
    });

    http.post<{ Params: { id: string } }>("/v1/realtime/calls/:id/hangup", (request) => {
      requireRate(request);
      if (calls.hangUp(request.params.id)) return {};
      throw new AppError("not-found", "There is no such call.");
    });

    http.post("/v1/realtime/client_secrets", async (request, reply) => {
      requireRate(request);
      const { status, body } = await secrets.create(request.body);
      return reply.code(status).type("application/json; charset=utf-8").send(body);
    });
    done();
  };
}
