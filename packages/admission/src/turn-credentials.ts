import { createHmac } from "node:crypto";

/** A user of a TURN server, for a while. */
export type TurnCredentials = { username: string; credential: string };

/**
 * Credentials that end by themselves, as coturn and others check them: the user name begins with the
 * time of the end, and the password is its HMAC ("A REST API For Access To TURN Services",
 * draft-uberti-behave-turn-rest-00).
 *
 * @param options `secret` is the one that the TURN server shares, coturn's `static-auth-secret`;
 *   `name` may be anything; `untilMs` is Unix time in milliseconds
 */
export function turnCredentials(options: {
  secret: string;
  name: string;
  untilMs: number;
}): TurnCredentials {
  const username = `${Math.floor(options.untilMs / 1_000)}:${options.name}`;
  const credential = createHmac("sha1", options.secret).update(username).digest("base64");
  return { username, credential };
}
