import { mkdtemp, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { invitation } from "./invitation.mjs";
import { localAddresses } from "./local-addresses.mjs";
import { prepareSharing } from "./share.mjs";

/** @type {string} */
let repository;
beforeEach(async () => {
  repository = await mkdtemp(path.join(os.tmpdir(), "parley-share-"));
});
afterEach(() => rm(repository, { recursive: true }));

const addresses = ["192.168.1.20", "10.0.0.5"];
/** @param {NodeJS.ProcessEnv} [environment] */
const prepare = (environment = {}, found = addresses) =>
  prepareSharing({ repository, port: 7860 }, { MEDIA_PORT: "41000", ...environment }, found);

describe("addresses of this machine", () => {
  /** @param {string} address */
  const outside = (address) => ({
    address,
    family: /** @type {const} */ ("IPv4"),
    internal: false,
  });

  it("are those that others reach, private ones first", () => {
    const interfaces = {
      lo: [{ ...outside("127.0.0.1"), internal: true }],
      docker0: [outside("172.17.0.1")],
      eth0: [
        outside("203.0.113.9"),
        { ...outside("fd00::2"), family: /** @type {const} */ ("IPv6") },
      ],
      wlan0: [outside("192.168.1.20"), outside("169.254.3.4")],
    };
    expect(localAddresses(interfaces)).toEqual(["192.168.1.20", "203.0.113.9"]);
  });

  it("may be those of bridges, where there are no others", () => {
    expect(localAddresses({ docker0: [outside("172.17.0.1")] })).toEqual(["172.17.0.1"]);
  });
});

describe("sharing", () => {
  it("gives the servers a certificate, the address for links and those for media", async () => {
    const shared = await prepare();
    expect(shared.environment).toEqual({
      TLS_CERT: path.join(repository, ".parley", "data", "tls", "certificate.pem"),
      TLS_KEY: path.join(repository, ".parley", "data", "tls", "key.pem"),
      SHARE_ADDRESS: "https://192.168.1.20:7860",
      MEDIA_LISTEN_IP: "192.168.1.20,10.0.0.5,127.0.0.1",
      MEDIA_PORT: "41000",
    });
    expect((await stat(shared.environment.TLS_CERT ?? "")).isFile()).toBe(true);
    expect(shared.addresses).toEqual(["https://192.168.1.20:7860", "https://10.0.0.5:7860"]);
  });

  it("leaves what the operator has set", async () => {
    const own = {
      TLS_CERT: "/etc/tls/chain.pem",
      TLS_KEY: "/etc/tls/key.pem",
      SHARE_ADDRESS: "https://talk.example.org",
      ANNOUNCED_ADDRESS: "talk.example.org",
    };
    const shared = await prepare(own);
    expect(shared.environment).toEqual({ SHARE_ADDRESS: own.SHARE_ADDRESS, MEDIA_PORT: "41000" });
    expect(shared.addresses).toEqual([own.SHARE_ADDRESS]);
    expect(shared.fingerprint).toBeNull();
  });

  it("says why nobody could come", async () => {
    await expect(prepare({ HOST: "127.0.0.1" })).rejects.toThrow("HOST=127.0.0.1 keeps everybody");
    await expect(prepare({}, [])).rejects.toThrow("no address in a network");
  });
});

it("the invitation has the addresses, a QR code, the fingerprint and the ports", async () => {
  const shared = await prepare();
  const text = await invitation(shared, 7860, false);
  expect(text).toContain("come in at https://192.168.1.20:7860\n");
  expect(text).toContain("or https://10.0.0.5:7860\n");
  expect(text).toMatch(/█▀▀|▄▄▄▄▄/);
  const digits = text.replaceAll(/\s/g, "");
  expect(digits).toContain(shared.fingerprint);
  expect(text).toContain("TCP 7860");
  expect(text).toContain("TCP and UDP 41000");
});
