import { expect, test } from "vitest";
import { readEnvironment } from "./environment";

test("everything has a default", () => {
  expect(
    readEnvironment({ INFERENCE_PORT: "8081", ICE_SERVERS: "", PORT: "" }, "/home/a"),
  ).toMatchObject({
    port: 7_860,
    host: null,
    inferenceUrls: ["ws://127.0.0.1:8081"],
    natsServers: null,
    dataFolder: "/home/a/.parley/data",
    databaseUrl: null,
    ownAddress: null,
    routing: "redirect",
    drainMs: 0,
    media: { port: 0, listenIps: [], announcedAddresses: [], workers: 1, workerBin: null },
    ice: { iceServers: [], turn: null, isRelayOnly: false },
    operatorKey: null,
    tls: null,
    shareAddress: null,
    embedOrigins: [],
  });
});

test("what is set is read", () => {
  const read = readEnvironment(
    {
      INFERENCE_URL: "https://speech.example/, ws://10.0.0.2:8080",
      NATS_URL: "nats://10.0.0.3:4222",
      ICE_SERVERS: '[{"urls":"turn:x","username":"u","credential":"c"}]',
      TURN_URLS: "turn:a.example, turns:a.example",
      TURN_SECRET: "a long enough secret",
      TURN_ONLY: "true",
      ANNOUNCED_ADDRESS: "192.0.2.10, 2001:db8::10",
      MEDIA_LISTEN_IP: "10.0.0.1, 127.0.0.1",
      TRUST_PROXY: "true",
      OPERATOR_KEY: "correct-horse-battery",
      TLS_CERT: "tls/chain.pem",
      TLS_KEY: "/etc/key.pem",
      SHARE_ADDRESS: "https://talk.example.org/",
      EMBED_ORIGINS: "https://www.example.org/, http://localhost:8000",
    },
    "/",
  );
  expect(read).toMatchObject({
    inferenceUrls: ["wss://speech.example", "ws://10.0.0.2:8080"],
    natsServers: ["nats://10.0.0.3:4222"],
    inferenceKey: null,
    ice: {
      iceServers: [{ urls: "turn:x" }],
      turn: { urls: ["turn:a.example", "turns:a.example"], secret: "a long enough secret" },
      isRelayOnly: true,
    },
    media: {
      listenIps: ["10.0.0.1", "127.0.0.1"],
      announcedAddresses: ["192.0.2.10", "2001:db8::10"],
    },
    trustedProxies: 1,
    operatorKey: "correct-horse-battery",
    tls: { certificateFile: "/tls/chain.pem", keyFile: "/etc/key.pem" },
    shareAddress: "https://talk.example.org",
    embedOrigins: ["https://www.example.org", "http://localhost:8000"],
  });
});

test("a TURN server is nothing without its secret", () => {
  expect(() => readEnvironment({ TURN_URLS: "turn:a.example" }, "/")).toThrow(
    "TURN_SECRET is missing",
  );
});

test("a certificate is nothing without its key", () => {
  expect(() => readEnvironment({ TLS_CERT: "/etc/chain.pem" }, "/")).toThrow("TLS_KEY is missing");
  expect(() => readEnvironment({ TLS_KEY: "/etc/key.pem" }, "/")).toThrow("TLS_CERT is missing");
});

test.each([
  [{ PORT: "eighty" }, "PORT"],
  [{ ICE_SERVERS: "{" }, "ICE_SERVERS"],
  [{ TURN_URLS: "turn.example.org" }, "TURN_URLS"],
  [{ INFERENCE_URL: "ftp://x" }, "INFERENCE_URL"],
  [{ MEDIA_WORKERS: "0" }, "MEDIA_WORKERS"],
  [{ OPERATOR_KEY: "short" }, "OPERATOR_KEY"],
  [{ OPERATOR_KEY: "sixteen letters and a space" }, "OPERATOR_KEY"],
])("%j is refused by name", (variables, name) => {
  expect(() => readEnvironment(variables, "/")).toThrow(`  ${name}=`);
});
