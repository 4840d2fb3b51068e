import { newId, type MemberId } from "@parley/shared/protocol/ids";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { expect, test } from "vitest";
import { iceAccess } from "./ice-access";

const stun = { urls: "stun:stun.example.org" };
const turn = { urls: ["turn:turn.example.org?transport=tcp"], secret: "north" };
const clock = new FakeClock(1_700_000_000_000);

test("each member gets credentials of their own, which end after a day", () => {
  const memberId = newId<MemberId>();
  const settings = { iceServers: [stun], turn, isRelayOnly: false };
  const { iceServers, iceTransportPolicy } = iceAccess(settings, memberId, clock);
  expect(iceTransportPolicy).toBe("all");
  expect(iceServers).toEqual([
    stun,
    {
      urls: turn.urls,
      username: `1700086400:${memberId}`,
      credential: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/) as string,
    },
  ]);
});

test("the password is what coturn makes of the secret and the user name", () => {
  // printf 1700086400:ann | openssl dgst -sha1 -hmac north -binary | base64
  const settings = { iceServers: [], turn, isRelayOnly: true };
  const access = iceAccess(settings, "ann" as MemberId, clock);
  expect(access).toMatchObject({
    iceServers: [{ credential: "7FWQB06tq8mR4TsnapfLHms2f5Y=" }],
    iceTransportPolicy: "relay",
  });
});

test("without TURN the servers are given as they are", () => {
  const access = iceAccess({ iceServers: [stun], turn: null, isRelayOnly: false }, newId(), clock);
  expect(access.iceServers).toEqual([stun]);
});
