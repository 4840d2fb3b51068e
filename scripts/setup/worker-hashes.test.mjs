import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDownload, recordDownload } from "./worker-hashes.mjs";

const archive = Buffer.from("an archive");
const hash = createHash("sha256").update(archive).digest("hex");
const other = "0".repeat(64);
const name = "mediasoup-worker-3.27.1-linux-x64-kernel6.tgz";
const address = `https://host/releases/3.27.1/${name}`;

let folder = "";
let recordFile = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "worker-hashes-"));
  recordFile = path.join(folder, "downloads.json");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param {Parameters<typeof checkDownload>[3]} known */
const check = (known) => checkDownload(archive, address, recordFile, { environment: {}, ...known });

describe("the hash of a downloaded worker", () => {
  it("is compared with the setting, then the table, then the earlier download", async () => {
    expect(await check({})).toEqual({ name, hash, basis: "nothing: no hash is known" });
    await recordDownload({ name, hash, basis: "" }, recordFile);
    expect(await check({})).toMatchObject({ basis: "the earlier download" });
    expect(await check({ published: { [name]: hash } })).toMatchObject({
      basis: "the published hash",
    });
    const environment = { MEDIASOUP_WORKER_SHA256: hash.toUpperCase() };
    expect(await check({ environment, published: { [name]: other } })).toMatchObject({
      basis: "MEDIASOUP_WORKER_SHA256",
    });
  });

  it("that differs from any of them refuses the archive", async () => {
    await expect(check({ environment: { MEDIASOUP_WORKER_SHA256: other } })).rejects.toThrow(
      "differs from MEDIASOUP_WORKER_SHA256",
    );
    await expect(check({ published: { [name]: other } })).rejects.toThrow("the published hash");
    await recordDownload({ name, hash: other, basis: "" }, recordFile);
    await expect(check({})).rejects.toThrow("the earlier download");
  });

  it("is recorded beside those of other machines, and a broken record allows nothing", async () => {
    await recordDownload({ name: "a", hash: other, basis: "" }, recordFile);
    await recordDownload({ name, hash, basis: "" }, recordFile);
    expect(JSON.parse(await readFile(recordFile, "utf8"))).toEqual({ a: other, [name]: hash });
    await writeFile(recordFile, "{");
    await expect(check({})).rejects.toThrow("is no JSON");
  });
});
