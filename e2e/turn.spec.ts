import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { debianProgram } from "@parley/fleet/testing/debian-program";
import { AgentSound } from "./support/agent-sound";
import { Authority } from "./support/authority";
import { usedPaths } from "./support/connection-probe";
import { startParley } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { expect, test } from "./support/test";
import { trustAuthority } from "./support/trust-authority";
import { startTurnServer, type TurnServer } from "./support/turn-server";

const secret = "a secret of both servers";
const turnPort = secondTestPort + 2;
const secureTurnPort = secondTestPort + 3;
const coturn = debianProgram("turnserver", "coturn");
const certutil = debianProgram("certutil", "libnss3-tools");
const why = [coturn, certutil].flatMap((program) => ("missing" in program ? program.missing : []));
/** Of a user whose browsers trust the tests' own authority. */
const home = join(tmpdir(), `parley-turn-home-${process.pid}`);

let turn: TurnServer | undefined;
let authority: Authority | undefined;

test.use({
  baseURL: `http://localhost:${secondTestPort}`,
  // As behind a firewall that lets no UDP out.
  browserArguments: ["--force-webrtc-ip-handling-policy=disable_non_proxied_udp"],
  browserHome: home,
});
test.skip(why.length > 0, why.join("; "));

test.beforeAll(async () => {
  if ("missing" in coturn || "missing" in certutil) return;
  authority = await Authority.found();
  trustAuthority(home, authority.file, certutil);
  const { path: program, environment } = coturn;
  const { certificateFile, keyFile } = authority;
  const tls = { port: secureTurnPort, certificateFile, keyFile };
  turn = await startTurnServer({ program, environment, port: turnPort, secret, tls });
});

test.afterAll(async () => {
  await turn?.close();
  authority?.close();
  rmSync(home, { recursive: true, force: true });
});

for (const { title, url, relayedBy } of [
  { title: "by TCP", url: `turn:127.0.0.1:${turnPort}?transport=tcp`, relayedBy: "tcp" },
  { title: "by TLS", url: `turns:localhost:${secureTurnPort}?transport=tcp`, relayedBy: "tls" },
]) {
  test(`without UDP a call goes through the relay, ${title}`, async ({ talker }) => {
    test.setTimeout(300_000);
    const settings = { TURN_URLS: url, TURN_SECRET: secret, TURN_ONLY: "true" };
    const parley = await startParley(secondTestPort, { MEDIA_LISTEN_IP: "127.0.0.1", ...settings });
    try {
      const room = await talker();
      await room.createAndGreet("Ann");
      const sound = await AgentSound.fromNow(room.page);
      await room.say("what is four times eleven", "rms");
      await expect(room.finalLines("Parley").last()).toContainText(/forty[- ]four|44/i, {
        timeout: 30_000,
      });
      await sound.expectVoice(1_000);
      const paths = await usedPaths(room.page);
      expect(paths).toHaveLength(2);
      for (const path of paths) expect(path).toEqual({ candidate: "relay", relayedBy });
    } finally {
      await parley.close();
    }
    expect(await doctorOn({ ...settings, NODE_EXTRA_CA_CERTS: authority?.file })).toContain(
      `${url} relays`,
    );
  });
}

test("the doctor says what browsers do not: that a certificate is not trusted", async () => {
  const url = `turns:localhost:${secureTurnPort}?transport=tcp`;
  const said = await doctorOn({ TURN_URLS: url, TURN_SECRET: secret });
  expect(said).toContain(`browsers do not trust the certificate of ${url}`);
});

/** What `parley doctor` says of a Parley that is set so. */
async function doctorOn(settings: NodeJS.ProcessEnv): Promise<string> {
  const doctor = ["apps/command-line/bin/parley.mjs", "doctor", "--json"];
  const run = promisify(execFile)(process.execPath, doctor, {
    env: { ...process.env, ...settings },
  });
  // Whatever else is wrong with this machine makes its exit code 1.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  return stdout;
}
