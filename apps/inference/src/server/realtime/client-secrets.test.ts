import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, it } from "vitest";
import { ClientSecrets } from "./client-secrets";
import { presentedKey, speaksBeta } from "./presented-key";

it("admits an ephemeral key for its life, with its settings", async () => {
  const clock = new FakeClock();
  const secrets = new ClientSecrets(clock);
  const session = { instructions: "Be brief." };
  const { value, expiresAt } = secrets.create(session, 60);
  expect(expiresAt).toBe(Math.floor(clock.now() / 1_000) + 60);
  expect(secrets.admit(value)).toEqual(session);
  await clock.advance(60_000);
  expect(secrets.admit(value)).toBeNull();
});

it("admits any other key, and none", () => {
  const secrets = new ClientSecrets(new FakeClock());
  expect(secrets.admit("sk-any")).toEqual({});
  expect(secrets.admit(null)).toEqual({});
  expect(secrets.admit("ek_unknown")).toBeNull();
});

it("finds the key and the version where clients put them", () => {
  const protocols = "realtime, openai-insecure-api-key.ek_a, openai-beta.realtime-v1";
  const page = { headers: { "sec-websocket-protocol": protocols } };
  expect([presentedKey(page), speaksBeta(page)]).toEqual(["ek_a", true]);
  const server = { headers: { authorization: "Bearer b", "openai-beta": "realtime=v1" } };
  expect([presentedKey(server), speaksBeta(server)]).toEqual(["b", true]);
  expect([presentedKey({ headers: {} }), speaksBeta({ headers: {} })]).toEqual([null, false]);
});
