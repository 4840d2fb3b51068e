import { AddressLimiter } from "@parley/admission/address-limiter";
import { documented } from "@parley/api-document/operation";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { InferenceModels } from "./inference-models";
import { InferenceSpeech } from "./inference-speech";
import { hearVoice, sampleQuerySchema } from "./operations/voice-operations";
import { PresentHouse } from "./present-house";
import { VoiceSamples } from "./voice-samples";

/** Somebody who tries all voices in turn; each is heard for two seconds. */
const requestRate = { burst: 20, perSecond: 1 };

export type VoiceSampleRouteOptions = {
  directory: Pick<WorkerDirectory, "workers">;
  inferenceKey: string | null;
  clock: Clock;
};

/** `GET /api/voice-sample`: what the agent's default greeting sounds like in a voice and language. */
export function addVoiceSampleRoute(
  server: FastifyInstance,
  { directory, inferenceKey, clock }: VoiceSampleRouteOptions,
): void {
  const closing = new AbortController();
  const limiter = new AddressLimiter(clock, requestRate);
  const present = new PresentHouse(new InferenceModels(directory, inferenceKey), clock);
  const samples = new VoiceSamples(new InferenceSpeech(directory, inferenceKey), closing.signal);
  server.addHook("preClose", (done) => {
    closing.abort();
    done();
  });

  server.get("/api/voice-sample", documented(hearVoice), async (request, reply) => {
    if (!limiter.take(request.ip)) {
      throw new AppError("too-many-requests", "This address asks too often.", {
        isRetryable: true,
      });
    }
    const query = sampleQuerySchema.safeParse(request.query);
    if (!query.success) throw new AppError("invalid-request", "voice, language: malformed");
    const sound = await samples.sample(query.data, await present.read());
    // The same names may be another voice's tomorrow.
    return await reply.type("audio/mpeg").header("cache-control", "no-store").send(sound);
  });
}
