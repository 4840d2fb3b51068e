import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { localAddresses } from "../scripts/share/local-addresses.mjs";
import { testPort } from "./support/port";
import { expect, test } from "./support/test";

/** The tests' own Parley has the ports before. */
const port = testPort + 4;
const [address] = localAddresses();
const data = mkdtempSync(join(tmpdir(), "parley-e2e-share-"));
let parley: ChildProcess;

test.use({ baseURL: `https://${address}:${port}`, ignoreHTTPSErrors: true });
test.skip(address === undefined, "this machine is in no network");

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const child = spawn(process.execPath, ["scripts/start.mjs", "--share"], {
    env: {
      ...process.env,
      PORT: String(port),
      INFERENCE_PORT: String(port + 1),
      PARLEY_DATA: data,
      // The ear that knows the synthesisers' voices: what is tried here is the way to the room.
      RECOGNIZER_MODEL: "builtin",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  parley = child;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("Others in this network")) break;
  }
  child.stdout.resume();
});

test.afterAll(async () => {
  const ended = once(parley, "exit");
  parley.kill("SIGTERM");
  await ended;
  rmSync(data, { recursive: true, force: true });
});

test("with --share somebody talks from another address, by HTTPS", async ({ talker }) => {
  const question = "what is four times eleven";
  const room = await talker();
  await room.createAndGreet("Sharon");
  expect(await room.page.evaluate(() => window.isSecureContext)).toBe(true);
  await room.say(question, "rms");
  await room.expectHeard("Sharon", question, 0.34);
  await expect(room.finalLines("Parley").last()).toContainText(/forty[- ]four|44/i, {
    timeout: 30_000,
  });

  await room.button("Share").click();
  const dialog = room.page.getByRole("dialog", { name: "Share this room" });
  await expect(dialog).toContainText(room.page.url());
  await expect(dialog.getByRole("img", { name: /QR code/ })).toBeVisible();
});

test("the page at localhost shares the address that others reach", async ({ talker }) => {
  const room = await talker();
  await room.createAndJoin("Tom", `http://localhost:${port}`);
  await room.button("Share").click();
  const dialog = room.page.getByRole("dialog", { name: "Share this room" });
  const { pathname } = new URL(room.page.url());
  await expect(dialog).toContainText(`https://${address}:${port}${pathname}`);
  await expect(room.button("Copy link")).toBeFocused();
});

test("plain HTTP from another address is sent on to HTTPS", async ({ talker }) => {
  const { page } = await talker();
  await page.goto(`http://${address}:${port}/models`);
  expect(page.url()).toBe(`https://${address}:${port}/models`);
});

test("the key is for its owner's eyes only", () => {
  expect(statSync(join(data, "tls", "key.pem")).mode & 0o777).toBe(0o600);
});
