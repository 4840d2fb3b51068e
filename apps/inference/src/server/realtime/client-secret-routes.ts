import { AppError } from "@parley/shared/errors";
import type { FastifyPluginCallback } from "fastify";
import type { z } from "zod";
import { toOpenAiError } from "../openai-error";
import { toBetaSession } from "./beta/to-beta";
import {
  betaExpirySchema,
  betaSchema,
  secretSchema,
  type BetaSecretAnswer,
  type SecretAnswer,
} from "./client-secret-messages";
import type { ClientSecrets } from "./client-secrets";
import type { SessionFields } from "./events/session-fields";
import { refusalOf } from "./realtime-error";
import { realtimeId } from "./realtime-ids";
import { initialConfig, shownConfig, withChanges } from "./session/realtime-config";

const usualLife = 600;

/**
 * `POST /v1/realtime/client_secrets`, and the beta's `sessions` and `transcription_sessions`: an
 * ephemeral key, with the settings of the sessions that it opens.
 */
export function clientSecretRoutes(secrets: ClientSecrets): FastifyPluginCallback {
  return (http, _options, done) => {
    http.setErrorHandler(async (error, _request, reply) => {
      const { status, body } = toOpenAiError(error);
      await reply.code(status).send(body);
    });
    http.post("/v1/realtime/client_secrets", ({ body }): SecretAnswer => {
      const { session, expires_after } = parsed(secretSchema, body);
      const secret = secrets.create(session ?? {}, expires_after?.seconds ?? usualLife);
      const { value, expiresAt } = secret;
      return { value, expires_at: expiresAt, session: shownConfig(configOf(session ?? {})) };
    });
    for (const type of ["realtime", "transcription"] as const) {
      const name = type === "realtime" ? "sessions" : "transcription_sessions";
      http.post(`/v1/realtime/${name}`, ({ body }): BetaSecretAnswer => {
        const fields = { ...parsed(betaSchema, body), type };
        const { client_secret } = parsed(betaExpirySchema, body);
        const seconds = client_secret?.expires_after?.seconds ?? usualLife;
        const { value, expiresAt } = secrets.create(fields, seconds);
        const shown = toBetaSession(shownConfig(configOf(fields)));
        return { ...shown, client_secret: { value, expires_at: expiresAt } };
      });
    }
    done();
  };
}

function configOf(fields: SessionFields) {
  const { model = "gpt-realtime", type = "realtime" } = fields;
  const config = initialConfig({ id: realtimeId("sess"), type, model, voice: "alloy" });
  return withChanges(config, fields);
}

/** @throws AppError `invalid-request` that names the wrong field */
function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw new AppError("invalid-request", refusalOf(result.error).message);
}
