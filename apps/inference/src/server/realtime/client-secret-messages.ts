import { z } from "zod";
import { sessionFromBeta } from "./beta/from-beta";
import { sessionFieldsSchema } from "./events/session-fields";
import { shownSessionSchema } from "./events/shown-session";

/** OpenAI's bounds, in seconds. */
const life = z.int().min(10).max(7_200).default(600);
const expirySchema = z.object({ anchor: z.literal("created_at").optional(), seconds: life });

/** What a client sends for a key, in the present shape. */
export const secretRequestSchema = z.object({
  expires_after: expirySchema.nullish(),
  session: sessionFieldsSchema.nullish(),
});

/** The same, with settings that may have the beta's shape. */
export const secretSchema = secretRequestSchema.extend({
  session: z.preprocess(sessionFromBeta, sessionFieldsSchema).nullish(),
});

export const secretAnswerSchema = z.object({
  value: z.string().describe("The key; it begins with `ek_`."),
  expires_at: z.int().describe("Unix time, seconds."),
  session: shownSessionSchema,
});
export type SecretAnswer = z.infer<typeof secretAnswerSchema>;

/** In the beta the session's settings are the body itself. */
export const betaSchema = z.preprocess(sessionFromBeta, sessionFieldsSchema);
export const betaExpirySchema = z.object({
  client_secret: z.object({ expires_after: expirySchema.nullish() }).nullish(),
});

/** The beta's answer: the session in its shape, with the key. */
export const betaSecretAnswerSchema = z.looseObject({
  client_secret: z.object({ value: z.string(), expires_at: z.int() }),
});
export type BetaSecretAnswer = z.infer<typeof betaSecretAnswerSchema>;
