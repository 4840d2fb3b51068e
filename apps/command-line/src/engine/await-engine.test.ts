import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@parley/shared/async/clock";
import { expect, it } from "vitest";
import { CommandHarness } from "../testing/command-harness";

it("transcribes once the service that is starting is ready", async () => {
  const harness = new CommandHarness();
  harness.parts = { clock: { ...systemClock, delay: () => Promise.resolve() } };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    asked.push(`${request.method} ${request.url}`);
    if (request.url === "/ready") response.statusCode = asked.length < 3 ? 503 : 200;
    response.end(JSON.stringify({ text: "hello", duration: 1, words: [] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const folder = await mkdtemp(join(tmpdir(), "parley-wait-"));
  try {
    const path = join(folder, "a.wav");
    await writeFile(path, harness.say("hello"));
    expect(await harness.run("transcribe", "--url", url, "--wait", path)).toBe(0);
    expect(harness.output.text).toContain("[FINAL]   hello");
    expect(harness.errors.text).toBe(`parley: waiting for ${url}/\n`);
    const ready = "GET /ready";
    expect(asked).toEqual([ready, ready, ready, "POST /v1/audio/transcriptions"]);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
});
