import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { testPort } from "./support/port";
import { expect, test } from "./support/test";

const port = testPort + 8;
const inferencePort = port + 1;
const folder = mkdtempSync(join(tmpdir(), "parley-e2e-parts-"));
const started: ChildProcessByStdio<null, Readable, null>[] = [];

test.use({ baseURL: `http://localhost:${port}` });

/** Starts one part as an operator does, and gives what it said until a line with these words. */
async function start(part: string, until: string, environment: Record<string, string>) {
  const child = spawn(process.execPath, ["scripts/start.mjs", "--only", part], {
    env: {
      ...process.env,
      PORT: String(port),
      INFERENCE_PORT: String(inferencePort),
      PARLEY_DATA: join(folder, part),
      RECOGNIZER_MODEL: "builtin",
      ...environment,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes(until)) break;
  }
  child.stdout.resume();
  return lines.join("\n");
}

test.afterAll(async () => {
  for (const child of started) {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

test("two parts that were started apart find each other by what they say", async ({ talker }) => {
  test.setTimeout(300_000);
  const said = await start("inference", "Set one of your own", { INFERENCE_HOST: "0.0.0.0" });
  expect(said).toContain(`Inference is ready: ws://127.0.0.1:${inferencePort}`);
  const [, key = ""] = /INFERENCE_KEY=([\w-]{20,})/.exec(said) ?? [];

  const page = await start("media-server", "Parley is ready", { INFERENCE_KEY: key });
  expect(page).toContain(`The media server is up: http://localhost:${port}`);
  expect(page).toContain(`It looks for inference at ws://127.0.0.1:${inferencePort}`);
  const room = await talker();
  await room.createAndGreet("Tom");
  await room.type("What is twelve plus seven?");
  await expect(room.finalLines("Parley").last()).toContainText(/nineteen|19/i, { timeout: 20_000 });
});
