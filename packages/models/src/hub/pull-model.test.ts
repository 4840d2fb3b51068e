import { existsSync } from "node:fs";
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelEntry } from "../registry/model-entry";
import { pullModel, type PullOptions, type PullProgress } from "./pull-model";
import { RepositoryCache } from "./repository-cache";
import { FakeHub, sendRange, type Trouble } from "./testing/fake-hub";
import { InstantClock } from "./testing/instant-clock";

const entry: ModelEntry = {
  name: "model",
  title: "Ears",
  kind: "recognizer",
  purpose: "tests",
  languages: [],
  format: "nemo",
  repository: "maker/model",
  revision: "main",
  files: ["*.nemo", "config.json"],
  aboutBytes: null,
  licence: null,
  needs: [],
  remarks: [],
};
const large = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => index % 251));

let hub: FakeHub;
let scratch: string;
let clock: InstantClock;
let cache: RepositoryCache;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-hub-"));
  cache = new RepositoryCache(scratch, entry.repository);
  clock = new InstantClock();
  hub = new FakeHub();
  hub.add("model.nemo", large);
  hub.add("config.json", '{"small":true}', false);
  hub.add("README.md", "not wanted", false);
  await hub.start();
});

afterEach(async () => {
  await hub.stop();
  await rm(scratch, { recursive: true });
});

function pull(options: Partial<PullOptions> = {}, token: string | null = null): Promise<string> {
  const settings = { endpoint: hub.endpoint, token, cache: scratch, isOffline: false };
  return pullModel(entry, {
    settings,
    clock,
    signal: new AbortController().signal,
    ...options,
  });
}

/** Sends the first bytes of the large file and cuts the connection. */
function cutAfter(bytes: number): Trouble {
  return (request, response) => {
    if (request.method === "HEAD") return false;
    const start = Number(/=(\d+)/u.exec(request.headers.range ?? "=0")?.[1]);
    response.setHeader("etag", '"of-the-store"');
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": large.length - start,
      ...(start > 0
        ? { "content-range": `bytes ${start}-${large.length - 1}/${large.length}` }
        : {}),
    });
    response.write(large.subarray(start, start + bytes), () => {
      // After the written bytes are sent.
      setImmediate(() => response.destroy());
    });
    return true;
  };
}

/** Injects a fault into the first requests only. */
function times(count: number, trouble: Trouble): Trouble {
  let left = count;
  return (request, response) => left-- > 0 && trouble(request, response);
}

async function pulledBytes(): Promise<Buffer> {
  return await readFile(join(cache.snapshot(hub.commit), "model.nemo"));
}

describe("pullModel", () => {
  it("lays files out as Hugging Face's tools do, and reports progress", async () => {
    const reports: PullProgress[] = [];
    const commit = await pull({ onProgress: (progress) => reports.push(progress) });
    expect(commit).toBe(hub.commit);
    const location = join(cache.snapshot(commit), "model.nemo");
    expect((await lstat(location)).isSymbolicLink()).toBe(true);
    expect(await readlink(location)).toBe(join("..", "..", "blobs", hub.etagOf("model.nemo")));
    expect((await pulledBytes()).equals(large)).toBe(true);
    expect(await readFile(cache.ref("main"), "utf8")).toBe(commit);
    const etags = [hub.etagOf("model.nemo"), hub.etagOf("config.json")];
    expect(new Set(await readdir(cache.blobs))).toEqual(new Set(etags));
    const total = large.length + 14;
    expect(reports.at(-1)).toMatchObject({ doneBytes: total, totalBytes: total });
    expect(reports[0]).toMatchObject({ path: "model.nemo", doneBytes: 0 });
  });

  it("downloads nothing twice", async () => {
    await pull();
    const before = hub.seenElsewhere.length;
    await pull();
    expect(hub.seenElsewhere).toHaveLength(before);
    expect(hub.seen.filter(({ method }) => method === "GET")).toHaveLength(4);
  });

  it("sends the token to the hub and to no other host", async () => {
    await pull({}, "hf_secret");
    for (const { authorization } of hub.seen) expect(authorization).toBe("Bearer hf_secret");
    expect(hub.seenElsewhere).toHaveLength(1);
    expect(hub.seenElsewhere[0]?.authorization).toBeNull();
  });

  it("resumes where the connection was cut, with the store's own ETag", async () => {
    hub.troubleElsewhere = times(2, cutAfter(50_000));
    await pull();
    expect((await pulledBytes()).equals(large)).toBe(true);
    const [first, ...later] = hub.seenElsewhere;
    expect(first?.range).toBeNull();
    expect(later).toHaveLength(2);
    for (const { range, ifRange } of later) {
      expect(range).toMatch(/^bytes=\d+-$/u);
      expect(ifRange).toBe('"of-the-store"');
    }
    expect(clock.pauses).toEqual([1_000, 1_000]);
  });

  it("resumes the download of an earlier run, whose ETag is unknown", async () => {
    await mkdir(cache.blobs, { recursive: true });
    await writeFile(cache.partial(hub.etagOf("model.nemo")), large.subarray(0, 123_456));
    await pull();
    expect(hub.seenElsewhere).toMatchObject([{ range: "bytes=123456-", ifRange: null }]);
    expect((await pulledBytes()).equals(large)).toBe(true);
  });

  it.each([
    ["other bytes", Buffer.alloc(1_000, 7)],
    ["too many bytes", Buffer.alloc(400_000, 7)],
  ])("begins again when the beginning that is here is wrong: %s", async (_, left) => {
    await mkdir(cache.blobs, { recursive: true });
    await writeFile(cache.partial(hub.etagOf("model.nemo")), left);
    await pull();
    expect((await pulledBytes()).equals(large)).toBe(true);
  });

  it("starts over when the file changed or the server does not support ranges", async () => {
    const whole: Trouble = (request, response) => {
      delete request.headers.range;
      sendRange(request, response, large, '"changed"');
      return true;
    };
    const cut = times(1, cutAfter(50_000));
    hub.troubleElsewhere = (...exchange) => cut(...exchange) || whole(...exchange);
    await pull();
    expect((await pulledBytes()).equals(large)).toBe(true);
  });

  it("never publishes a file with a wrong checksum", async () => {
    const wrong = Buffer.from(large).fill(1, 5, 6);
    hub.troubleElsewhere = (request, response) => {
      sendRange(request, response, wrong);
      return true;
    };
    await expect(pull()).rejects.toMatchObject({
      code: "model-mismatch",
      message: "maker/model/model.nemo: the checksum is wrong",
    });
    expect(hub.seenElsewhere).toHaveLength(2);
    expect(existsSync(cache.snapshot(hub.commit))).toBe(false);
    expect(existsSync(cache.ref("main"))).toBe(false);
    expect(existsSync(cache.blob(hub.etagOf("model.nemo")))).toBe(false);
  });

  it("refuses a file of another size than announced", async () => {
    hub.troubleElsewhere = (request, response) => {
      sendRange(request, response, large.subarray(0, 1_000));
      return true;
    };
    await expect(pull()).rejects.toThrow("1000 bytes instead of 300000");
  });

  it("backs off, honours Retry-After, and stops in the end", async () => {
    hub.trouble = times(2, (_, response) => {
      response.writeHead(503).end();
      return true;
    });
    hub.troubleElsewhere = times(1, (_, response) => {
      response.writeHead(429, { "retry-after": "7" }).end();
      return true;
    });
    await pull();
    expect(clock.pauses).toEqual([1_000, 2_000, 7_000]);

    clock.pauses.length = 0;
    hub.trouble = (_, response) => {
      response.writeHead(500).end();
      return true;
    };
    await expect(pull()).rejects.toMatchObject({ code: "timeout", isRetryable: true });
    expect(clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });

  it.each([
    [401, "GatedRepo", null, "invalid-request", "set HF_TOKEN"],
    [403, "GatedRepo", "hf_x", "invalid-request", "accept its licence at"],
    [401, "RepoNotFound", null, "not-found", "has no maker/model at main"],
    [404, "RevisionNotFound", "hf_x", "not-found", "has no maker/model at main"],
    [400, "", null, "internal", "the server answers with status 400"],
  ])("%i %s is reported at once", async (status, reason, token, code, message) => {
    hub.trouble = (_, response) => {
      response.writeHead(status, { "x-error-code": reason }).end();
      return true;
    };
    await expect(pull({}, token)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
    expect(clock.pauses).toEqual([]);
  });

  it("reports a host without an answer, and offline mode", async () => {
    const settings = { endpoint: "http://127.0.0.1:9", token: null, cache: scratch };
    const unreachable = { ...settings, isOffline: false };
    await expect(pull({ settings: unreachable })).rejects.toMatchObject({ code: "timeout" });
    const offline = { ...settings, isOffline: true };
    await expect(pull({ settings: offline })).rejects.toThrow("HF_HUB_OFFLINE");
  });

  it("names a file that the repository lacks", async () => {
    hub.files.delete("config.json");
    await expect(pull()).rejects.toThrow("has no config.json, only model.nemo, README.md");
  });

  it("checks the free space first, and counts the bytes on disk", async () => {
    await mkdir(cache.blobs, { recursive: true });
    await writeFile(cache.partial(hub.etagOf("model.nemo")), large.subarray(0, 100_000));
    const freeBytes = (bytes: number) => () => Promise.resolve(bytes);
    await expect(pull({ freeBytes: freeBytes(200_013) })).rejects.toMatchObject({
      code: "at-capacity",
      message: expect.stringContaining("200014 bytes are needed") as string,
    });
    expect(hub.seenElsewhere).toEqual([]);
    await pull({ freeBytes: freeBytes(200_014) });
  });

  it.skipIf(!existsSync("/dev/full"))("reports the missing bytes on a full disk", async () => {
    await mkdir(cache.blobs, { recursive: true });
    await symlink("/dev/full", cache.partial(hub.etagOf("model.nemo")));
    await expect(pull()).rejects.toMatchObject({
      code: "at-capacity",
      message: expect.stringContaining("300000 bytes more are needed") as string,
    });
  });

  it("keeps the downloaded part after an interruption, and verifies it", async () => {
    const controller = new AbortController();
    const onProgress = ({ doneBytes }: PullProgress) => {
      if (doneBytes > 0) controller.abort(new Error("interrupted"));
    };
    const { signal } = controller;
    await expect(pull({ signal, onProgress })).rejects.toThrow("interrupted");
    const [left, ...others] = await readdir(cache.blobs);
    expect(left).toBe(`${hub.etagOf("model.nemo")}.incomplete`);
    expect(others).toEqual([]);
    expect(existsSync(cache.ref("main"))).toBe(false);
    expect(existsSync(cache.lock)).toBe(false);
    await pull();
    expect((await pulledBytes()).equals(large)).toBe(true);
  });

  it("waits for another pull of the same model and uses its files", async () => {
    // The polls would outrun the holder's heartbeat, and its lock would count as abandoned.
    clock.advances = false;
    let waited = 0;
    const onWait = () => waited++;
    await Promise.all([pull({ onWait }), pull({ onWait }), pull({ onWait })]);
    expect(waited).toBe(2);
    expect(hub.seenElsewhere).toHaveLength(1);
  });
});
