import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate } from "selfsigned";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTlsCredentials } from "./read-tls-credentials";

let files: { certificateFile: string; keyFile: string };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "parley-tls-"));
  files = { certificateFile: path.join(folder, "cert.pem"), keyFile: path.join(folder, "key.pem") };
  const made = await generate([{ name: "commonName", value: "a" }], {
    keyType: "ec",
    algorithm: "sha256",
  });
  await writeFile(files.certificateFile, made.cert);
  await writeFile(files.keyFile, made.private);
});
afterEach(() => rm(folder, { recursive: true }));

test("a pair of PEM files is read", async () => {
  const { cert, key } = await readTlsCredentials(files);
  expect(cert.toString()).toContain("BEGIN CERTIFICATE");
  expect(key.toString()).toContain("PRIVATE KEY");
});

test("what is wrong is named by its variable", async () => {
  const missing = { ...files, keyFile: "/nowhere/key.pem" };
  await expect(readTlsCredentials(missing)).rejects.toThrow("TLS_KEY=/nowhere/key.pem cannot be");
  await writeFile(files.certificateFile, "no PEM");
  await expect(readTlsCredentials(files)).rejects.toMatchObject({
    code: "invalid-request",
    message: expect.stringContaining("must be PEM files that belong together") as string,
  });
});
