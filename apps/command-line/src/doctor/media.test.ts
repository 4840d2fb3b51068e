import { createHash, createHmac } from "node:crypto";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, expect, it } from "vitest";
import type { CheckContext } from "./check-context";
import { checkMediaPort } from "./checks/check-media-port";
import { checkTurn } from "./checks/check-turn";
import type { Finding } from "./finding";
import { FakeMachine } from "./testing/fake-machine";

const secret = "north by northwest";
let machine: FakeMachine;

beforeEach(() => {
  machine = new FakeMachine();
});

async function said(
  check: (context: CheckContext) => Promise<Finding[]>,
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const signal = new AbortController().signal;
  const clock = new FakeClock(1_700_000_000_000);
  const findings = await check({ environment, platform: "linux", machine, clock, signal });
  return findings.map(({ verdict, subject, message }) => `${verdict}: ${subject} ${message}`);
}

it("looks at each worker's port, which Parley itself may hold", async () => {
  expect(await said(checkMediaPort, {})).toEqual(["good: MEDIA_PORT any free port"]);
  const two = { MEDIA_PORT: "40000", MEDIA_WORKERS: "2" };
  expect(await said(checkMediaPort, two)).toEqual(["good: MEDIA_PORT 40000 to 40001 free"]);
  machine.failures.set(40_001, "EADDRINUSE");
  expect(await said(checkMediaPort, two)).toEqual([
    "remark: MEDIA_PORT 40000 to 40001 in use, by Parley if it is running",
  ]);
  machine.failures.set(40_000, "EACCES");
  expect(await said(checkMediaPort, two)).toEqual([
    "wrong: MEDIA_PORT 40000 to 40001 cannot be opened (EACCES)",
  ]);
});

it("tries each announced address, whose port must be known", async () => {
  const announced = { ANNOUNCED_ADDRESS: "192.0.2.10,talk.example", MEDIA_PORT: "40000" };
  machine.unreachable.set("192.0.2.10", "ETIMEDOUT").set("talk.example", "ENOTFOUND");
  expect(await said(checkMediaPort, announced)).toEqual([
    "good: MEDIA_PORT 40000 free",
    "remark: ANNOUNCED_ADDRESS port 40000 does not answer at 192.0.2.10 (ETIMEDOUT), tried from here",
    "wrong: ANNOUNCED_ADDRESS the name talk.example is not known (ENOTFOUND)",
  ]);
  machine.unreachable.clear();
  expect(await said(checkMediaPort, { ...announced, ANNOUNCED_ADDRESS: "192.0.2.10" })).toEqual([
    "good: MEDIA_PORT 40000 free",
    "good: ANNOUNCED_ADDRESS 192.0.2.10 leads here",
  ]);
  expect(await said(checkMediaPort, { ANNOUNCED_ADDRESS: "192.0.2.10" })).toEqual([
    "remark: MEDIA_PORT any free port: no firewall can be opened for it",
  ]);
});

it("asks each TURN server for a relay, with what is made of the secret", async () => {
  machine.turnServers.set("turn.example", turnServer(secret));
  const settings = { TURN_URLS: "turn:turn.example?transport=tcp", TURN_SECRET: secret };
  expect(await said(checkTurn, settings)).toEqual([
    "good: TURN_URLS turn:turn.example?transport=tcp relays",
  ]);
  expect(await said(checkTurn, { ...settings, TURN_SECRET: "another secret" })).toEqual([
    "wrong: TURN_SECRET turn:turn.example?transport=tcp refuses what is made of it",
  ]);
  expect(await said(checkTurn, { ...settings, TURN_URLS: "turn:nowhere.example" })).toEqual([
    "wrong: TURN_URLS nothing answers at turn:nowhere.example (ECONNREFUSED)",
  ]);
  machine.turnServers.set("web.example", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n"));
  expect(await said(checkTurn, { ...settings, TURN_URLS: "turn:web.example" })).toEqual([
    "wrong: TURN_URLS turn:web.example answers, but not as TURN does",
  ]);
});

it("tells a certificate that browsers refuse from a server that is away", async () => {
  const settings = { TURN_URLS: "turns:turn.example", TURN_SECRET: secret };
  for (const code of [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ]) {
    machine.unreachable.set("turn.example", code);
    expect(await said(checkTurn, settings)).toEqual([
      `wrong: TURN_URLS browsers do not trust the certificate of turns:turn.example (${code})`,
    ]);
  }
  const code = "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE";
  machine.unreachable.set("turn.example", code);
  expect(await said(checkTurn, settings)).toEqual([
    `wrong: TURN_URLS no TLS connection comes about with turns:turn.example (${code})`,
  ]);
  for (const code of ["ETIMEDOUT", "ECONNRESET"]) {
    machine.unreachable.set("turn.example", code);
    expect(await said(checkTurn, settings)).toEqual([
      `wrong: TURN_URLS nothing answers at turns:turn.example (${code})`,
    ]);
  }
});

it("misses a TURN server where media is to go by nothing else", async () => {
  expect(await said(checkTurn, {})).toEqual([]);
  expect(await said(checkTurn, { TURN_ONLY: "true" })).toEqual([
    "wrong: TURN_ONLY media is to go by TURN alone, and there is no TURN server",
  ]);
});

/** A TURN server that knows users by a shared secret, as far as the first answers go. */
function turnServer(shared: string): (request: Buffer) => Buffer {
  const realm = Buffer.from("a.example");
  const nonce = Buffer.from("once");
  const refusal = Buffer.concat([
    attribute(0x0009, Buffer.from([0, 0, 4, 1])),
    attribute(0x0014, realm),
    attribute(0x0015, nonce),
  ]);
  return (request) => {
    const username = /\d{10}:doctor/u.exec(request.toString("latin1"))?.[0];
    if (username === undefined) return answer(request, 0x0113, refusal);
    const password = createHmac("sha1", shared).update(username).digest("base64");
    const key = createHash("md5").update(`${username}:a.example:${password}`).digest();
    const signed = request.subarray(0, -24);
    const expected = createHmac("sha1", key).update(signed).digest();
    return request.subarray(-20).equals(expected)
      ? answer(request, 0x0103, Buffer.alloc(0))
      : answer(request, 0x0113, refusal);
  };
}

function answer(request: Buffer, type: number, body: Buffer): Buffer {
  const head = Buffer.from(request.subarray(0, 20));
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
