import { AgentSound } from "./support/agent-sound";
import { usedPaths } from "./support/connection-probe";
import { debianProgram } from "@parley/fleet/testing/debian-program";
import { startParley, type ParleyInstance } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { expect, test } from "./support/test";
import { startTurnServer, type TurnServer } from "./support/turn-server";

const secret = "a secret of both servers";
const turnPort = secondTestPort + 2;
const coturn = debianProgram("turnserver", "coturn");
const why = "missing" in coturn ? coturn.missing : "";

let turn: TurnServer;
let parley: ParleyInstance;

test.use({
  baseURL: `http://localhost:${secondTestPort}`,
  // As behind a firewall that lets no UDP out.
  browserArguments: ["--force-webrtc-ip-handling-policy=disable_non_proxied_udp"],
});
test.skip(why !== "", why);

test.beforeAll(async () => {
  test.setTimeout(300_000);
  if ("missing" in coturn) return;
  const { path: program, environment } = coturn;
  turn = await startTurnServer({ program, environment, port: turnPort, secret });
  parley = await startParley(secondTestPort, {
    MEDIA_LISTEN_IP: "127.0.0.1",
    TURN_URLS: `turn:127.0.0.1:${turnPort}?transport=tcp`,
    TURN_SECRET: secret,
    TURN_ONLY: "true",
  });
});

test.afterAll(async () => {
  if ("missing" in coturn) return;
  await parley.close();
  await turn.close();
});

test("without UDP a call goes through the relay, by TCP", async ({ talker }) => {
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
  for (const path of paths) expect(path).toEqual({ candidate: "relay", relayedBy: "tcp" });
});
