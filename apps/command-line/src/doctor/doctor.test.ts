import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { sampleLease } from "@parley/fleet/testing/sample-lease";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CommandHarness } from "../testing/command-harness";
import { oldestNode } from "./checks/check-node";
import { FakeMachine } from "./testing/fake-machine";

const documentSchema = z.object({
  settings: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  findings: z.array(
    z.object({
      verdict: z.enum(["good", "remark", "wrong"]),
      subject: z.string(),
      message: z.string(),
      cure: z.string().nullable(),
    }),
  ),
});

let scratch: string;
let machine: FakeMachine;
let clock: FakeClock;
let harness: CommandHarness;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-doctor-"));
  machine = new FakeMachine();
  clock = new FakeClock();
  harness = new CommandHarness();
});

afterEach(() => rm(scratch, { recursive: true }));

/** @returns the exit code; the output is in `harness` */
async function doctor(environment: NodeJS.ProcessEnv, ...options: string[]): Promise<number> {
  const common = { HF_HOME: scratch, PARLEY_CACHE: "/cache", PATH: scratch };
  harness.output.text = "";
  harness.parts = { environment: { ...common, ...environment }, machine, clock };
  return await harness.run("doctor", ...options);
}

/** Findings about one subject, as `verdict: message`. */
async function said(subject: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  await doctor(environment, "--json");
  const { findings } = documentSchema.parse(JSON.parse(harness.output.text));
  return findings
    .filter((finding) => finding.subject === subject)
    .map(({ verdict, message }) => `${verdict}: ${message}`);
}

const answering = (status: number, body: string) => () =>
  Promise.resolve(new Response(body, { status }));

function selfSigned() {
  return generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(Date.UTC(2025, 0, 31)),
    notAfterDate: new Date(Date.UTC(2026, 0, 31)),
  });
}

describe("parley doctor", () => {
  it("finds nothing wrong where nothing is set", async () => {
    expect(await doctor({})).toBe(0);
    expect(harness.output.text).toContain("✓ PORT ");
    expect(harness.output.text).toMatch(/Nothing is wrong\.\n$/u);
  });

  it("names each wrong value with its cure, and ends with 1", async () => {
    const wrongs = { PORT: "eighty", LOG_LEVEL: "loud" };
    expect(await doctor(wrongs)).toBe(1);
    const { text } = harness.output;
    expect(text).toMatch(/✗ PORT +eighty cannot be used\n +→ it must be a whole number/u);
    expect(text).toMatch(/✗ LOG_LEVEL +loud cannot be used\n +→ it must be one of trace, debug/u);
    expect(text).toMatch(/2 things are wrong\.\n$/u);
  });

  it("shows the settings that are set, with secrets masked", async () => {
    await doctor({ LLM_BASE_URL: "http://llm.example/v1", LLM_API_KEY: "hunter2" });
    const { text } = harness.output;
    expect(text).toMatch(/LLM_BASE_URL +http:\/\/llm\.example\/v1\n/u);
    expect(text).toMatch(/LLM_API_KEY +\(secret\)\n/u);
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("LONGEST_WAIT_MS");
    await doctor({ LLM_API_KEY: "hunter2" }, "--json");
    expect(harness.output.text).not.toContain("hunter2");
  });

  it("shows the defaults with --all", async () => {
    await doctor({}, "--all");
    expect(harness.output.text).toMatch(/LONGEST_WAIT_MS +\(2500\)\n/u);
  });

  it("finds misspelt names, settings without effect, and conflicts", async () => {
    expect(await said("RECOGNISER_MODEL", { RECOGNISER_MODEL: "x" })).toEqual([
      "remark: Parley knows no such variable",
    ]);
    expect(await said("LLM_MODEL", { LLM_MODEL: "nemotron" })).toEqual([
      "remark: does nothing without LLM_BASE_URL",
    ]);
    const both = { SYNTHESIZER_URL: "ws://voice.example", SYNTHESIZER_MODEL: "/voice" };
    machine.engines.set("voice.example", "Magpie");
    expect(await said("SYNTHESIZER_URL", both)).toEqual([
      "wrong: ws://voice.example cannot be used",
      "good: Magpie answers",
    ]);
  });

  it("asks NATS for the inference workers", async () => {
    const setting = { NATS_URL: "nats://10.0.0.2:4222" };
    expect(await said("NATS_URL", setting)).toEqual([
      "wrong: NATS cannot be used: connection refused",
    ]);
    machine.workers = [];
    expect(await said("NATS_URL", setting)).toEqual(["remark: no inference worker is there"]);
    const leaving = { isDraining: true };
    machine.workers = [
      sampleLease("a", "ws://10.0.0.7:8080"),
      sampleLease("b", "ws://10.0.0.8:8080", leaving),
    ];
    expect(await said("NATS_URL", setting)).toEqual([
      "good: 1 of 2 workers serve: 10.0.0.7:8080, 10.0.0.8:8080",
    ]);
  });

  it("asks the database", async () => {
    const setting = { DATABASE_URL: "postgres://parley:secret@10.0.0.3/parley" };
    expect(await said("DATABASE_URL", setting)).toEqual([
      "wrong: PostgreSQL cannot be used: connection refused",
    ]);
    machine.database = { version: "15.14", encoding: "UTF8", mayCreateTables: true };
    expect(await said("DATABASE_URL", setting)).toEqual(["good: PostgreSQL 15.14 answers"]);
    machine.database = { ...machine.database, mayCreateTables: false };
    expect(await said("DATABASE_URL", setting)).toEqual(["wrong: the user may not create tables"]);
    machine.database = { ...machine.database, encoding: "LATIN1" };
    expect(await said("DATABASE_URL", setting)).toEqual([
      "wrong: the database's encoding is LATIN1",
    ]);
  });

  it("asks the recogniser and the voice on other machines", async () => {
    machine.engines.set("ear.example:50051", "parakeet");
    expect(await said("RECOGNIZER_URL", { RECOGNIZER_URL: "grpc://ear.example:50051" })).toEqual([
      "good: parakeet answers",
    ]);
    expect(await said("SYNTHESIZER_URL", { SYNTHESIZER_URL: "ws://nobody.example" })).toEqual([
      "wrong: nobody.example cannot be reached",
    ]);
  });
});

describe("the machine", () => {
  it("has a Node that package.json allows", async () => {
    const root = readFileSync(new URL("../../../../package.json", import.meta.url), "utf8");
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(root));
    expect(engines.node).toBe(`>=${oldestNode}`);
    machine.nodeVersion = `${oldestNode}.0`;
    expect(await said("Node")).toEqual([`good: ${oldestNode}.0`]);
    machine.nodeVersion = "20.9.0";
    expect(await said("Node")).toEqual(["wrong: 20.9.0 is too old"]);
  });

  it("has a data folder that can be written or created", async () => {
    const folder = "/home/ann/parley/.parley/data";
    expect(await said("PARLEY_DATA")).toEqual([`good: ${folder} will be created`]);
    machine.folders.add(folder);
    expect(await said("PARLEY_DATA")).toEqual([`good: ${folder} can be written`]);
    machine.folders.add("/srv");
    machine.readOnly.add("/srv");
    expect(await said("PARLEY_DATA", { PARLEY_DATA: "/srv/data" })).toEqual([
      "wrong: /srv cannot be written",
    ]);
    machine.files.add("/etc/passwd");
    expect(await said("PARLEY_DATA", { PARLEY_DATA: "/etc/passwd" })).toEqual([
      "wrong: /etc/passwd is a file",
    ]);
  });

  it("has room on its disk", async () => {
    const subject = "disk of PARLEY_DATA";
    expect(await said(subject)).toEqual(["good: 50.0 GB are free"]);
    machine.free = 0.5e9;
    expect(await said(subject)).toEqual(["remark: 0.5 GB are free"]);
    expect(await said("disk of PARLEY_CACHE")).toEqual(["remark: 0.5 GB are free"]);
    machine.free = 0;
    expect(await said(subject)).toEqual(["wrong: 0.0 GB are free"]);
    machine.free = null;
    expect(await said(subject)).toEqual([]);
  });

  it("has a mediasoup worker in the cache, or at the configured path", async () => {
    const subject = "mediasoup worker";
    machine.files.add("/cache/mediasoup-worker/3.1.0-darwin-arm64/mediasoup-worker");
    expect(await said(subject)).toEqual(["remark: not in the cache yet"]);
    machine.files.add("/cache/mediasoup-worker/3.2.0-linux-x64/mediasoup-worker");
    expect(await said(subject)).toEqual(["good: 3.2.0 in the cache"]);
    const named = { MEDIASOUP_WORKER_BIN: "/opt/worker" };
    expect(await said(subject, named)).toEqual(["wrong: /opt/worker is not a program"]);
    machine.files.add("/opt/worker");
    expect(await said(subject, named)).toEqual(["good: /opt/worker"]);
  });

  it("has the configured models", async () => {
    const model = (name: string) => said("RECOGNIZER_MODEL", { RECOGNIZER_MODEL: name });
    expect(await model("/nowhere")).toEqual(["wrong: /nowhere is not there"]);
    expect(await model("parakeet-tdt-v3:int8")).toEqual(["wrong: parakeet-tdt-v3 is not here yet"]);
    expect(await model("nano-codec")).toEqual(["wrong: nano-codec is a codec, not a recognizer"]);
    machine.folders.add("/models/mine");
    machine.files.add("/models/mine.nemo").add("/models/mine.onnx");
    expect(await model("/models/mine")).toEqual(["good: /models/mine"]);
    expect(await model("/models/mine.nemo")).toEqual(["good: /models/mine.nemo"]);
    expect(await model("/models/mine.onnx")).toEqual([
      "wrong: /models/mine.onnx is neither a folder nor a .nemo file",
    ]);
    machine.folders.add("/shipped/builtin");
    const shipped = { RECOGNIZER_MODEL: "builtin", PARLEY_MODELS: "/shipped" };
    expect(await said("RECOGNIZER_MODEL", shipped)).toEqual(["good: builtin comes with Parley"]);
  });

  it("computes on a card where there is one, or says why not", async () => {
    expect(await said("hearing")).toEqual([
      "good: computes on cpu: webgpu cannot be used: there is no Vulkan loader (Debian: libvulkan1)",
    ]);
    const able = { halfPrecision: true, tellsPlacement: true };
    machine.adapter = { kind: "card", name: "NVIDIA H200", ...able };
    expect(await said("hearing")).toEqual([
      "good: computes on webgpu on NVIDIA H200, then cpu; Moonshine and Kokoro on the cpu",
    ]);
    const settings = { RECOGNIZER_PROVIDERS: "cpu", SYNTHESIZER_PROVIDERS: "webgpu" };
    machine.adapter = { kind: "software", name: "SwiftShader", ...able };
    expect(await said("hearing", settings)).toEqual(["good: computes on cpu"]);
    expect(await said("speaking", settings)).toEqual([
      "remark: computes on webgpu on SwiftShader: " +
        "webgpu would compute in software (SwiftShader), slower than the processor",
    ]);
  });

  it("needs the codec of a voice", async () => {
    machine.folders.add("/voice");
    expect(await said("SYNTHESIZER_CODEC", { SYNTHESIZER_MODEL: "/voice" })).toEqual([
      "wrong: nano-codec is not here yet",
    ]);
    expect(await said("SYNTHESIZER_CODEC")).toEqual([]);
  });

  it("has a certificate and its key, where they are set", async () => {
    const own = { TLS_CERT: "cert.pem", TLS_KEY: "/etc/key.pem" };
    expect(await said("TLS_CERT")).toEqual([]);
    expect(await said("TLS_CERT", { TLS_CERT: "cert.pem" })).toEqual([
      "wrong: is set without TLS_KEY",
    ]);
    expect(await said("TLS_CERT", own)).toEqual(["wrong: cert.pem cannot be read"]);
    machine.texts.set("/home/ann/parley/cert.pem", "no PEM").set("/etc/key.pem", "no PEM");
    expect(await said("TLS_CERT", own)).toEqual(["wrong: cert.pem is no certificate"]);

    const made = await selfSigned();
    machine.texts.set("/home/ann/parley/cert.pem", made.cert);
    expect(await said("TLS_KEY", own)).toEqual(["wrong: /etc/key.pem is no private key"]);
    machine.texts.set("/etc/key.pem", (await selfSigned()).private);
    expect(await said("TLS_KEY", own)).toEqual(["wrong: is not the key of TLS_CERT"]);
    machine.texts.set("/etc/key.pem", made.private);
    const until = "Jan 31 00:00:00 2026 GMT";
    expect(await said("TLS_CERT", own)).toEqual([`good: holds until ${until}`]);
    clock = new FakeClock(Date.UTC(2026, 0, 20));
    expect(await said("TLS_CERT", own)).toEqual([`remark: ends on ${until}`]);
    clock = new FakeClock(Date.UTC(2026, 1, 1));
    expect(await said("TLS_CERT", own)).toEqual([`wrong: ended on ${until}`]);
  });

  it("looks for ffmpeg", async () => {
    expect(await said("ffmpeg")).toEqual([
      "remark: is not installed: only WAVE files can be transcribed",
    ]);
  });
});

describe("a chat server", () => {
  const server = {
    LLM_BASE_URL: "http://llm.example/v1",
    LLM_MODEL: "small",
    LLM_API_KEY: "sesame",
  };
  const url = "http://llm.example/v1/chat/completions";
  const answers = (status: number, body: string) =>
    machine.answers.set(url, answering(status, body));

  it("answers, or says why not", async () => {
    answers(200, "data: {}");
    expect(await said("LLM_BASE_URL", server)).toEqual(["good: small answers"]);
    answers(401, '{"error":{"message":"Incorrect API key provided: sesame"}}');
    expect(await said("LLM_API_KEY", server)).toEqual([
      "wrong: the chat server refuses it (status 401: Incorrect API key provided: (key))",
    ]);
    answers(404, '{"error":"model small not found"}');
    expect(await said("LLM_MODEL", server)).toEqual([
      "wrong: the chat server does not find it (status 404: model small not found)",
    ]);
    answers(503, '{"error":{"message":"Loading model"}}');
    expect(await said("LLM_BASE_URL", server)).toEqual([
      "remark: the chat server is busy (status 503: Loading model)",
    ]);
    answers(500, '{"message":"CUDA out of memory"}');
    expect(await said("LLM_BASE_URL", server)).toEqual([
      "wrong: the chat server fails (status 500: CUDA out of memory)",
    ]);
    machine.answers.delete(url);
    expect(await said("LLM_BASE_URL", server)).toEqual(["wrong: nothing answers at llm.example"]);
    expect(await said("LLM_BASE_URL", {})).toEqual([]);
  });

  it("is slow when its first token is late", async () => {
    const token = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n';
    const after = (ms: number) => () =>
      clock.advance(ms).then(() => new Response(token, { status: 200 }));
    machine.answers.set(url, after(240));
    expect(await said("LLM_BASE_URL", server)).toEqual([
      "good: small answers, its first token after 240 ms",
    ]);
    machine.answers.set(url, after(4_000));
    expect(await said("LLM_BASE_URL", server)).toEqual([
      "remark: small answers, its first token after 4000 ms",
    ]);
  });

  it("may be loading its model, or be a page for people", async () => {
    machine.answers.set(url, () =>
      Promise.resolve(new Response("<h1>", { headers: { "content-type": "text/html" } })),
    );
    expect(await said("LLM_BASE_URL", server)).toEqual(["wrong: answers with a web page"]);
    machine.fetch = (_request, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => {
          reject(new TypeError("fetch failed"));
        });
      });
    const findings = said("LLM_BASE_URL", server);
    await clock.advance(20_000);
    expect(await findings).toEqual(["remark: no answer within 20 s"]);
  });
});

describe("a port", () => {
  it("is free, or says why not", async () => {
    expect(await said("PORT")).toEqual(["good: 7860 is free"]);
    expect(await said("PORT", { PORT: "0" })).toEqual(["good: any free port"]);
    machine.failures.set(7_860, "EADDRINUSE").set(80, "EACCES").set(8_080, "EADDRNOTAVAIL");
    expect(await said("PORT")).toEqual(["wrong: another program uses 7860"]);
    expect(await said("PORT", { PORT: "80" })).toEqual(["wrong: 80 cannot be opened (EACCES)"]);
    expect(await said("INFERENCE_PORT", { INFERENCE_HOST: "192.0.2.1" })).toEqual([
      "wrong: 192.0.2.1 is not an address of this machine (EADDRNOTAVAIL)",
    ]);
  });

  it("is held by a running Parley", async () => {
    machine.failures.set(7_860, "EADDRINUSE").set(9_000, "EADDRINUSE");
    machine.answers.set("http://127.0.0.1:7860/ready", answering(200, '{"isReady":true}'));
    expect(await said("PORT")).toEqual(["good: Parley is running on 7860"]);
    const starting = '{"isReady":false,"missing":["inference"]}';
    machine.answers.set("http://[::1]:9000/ready", answering(503, starting));
    expect(await said("PORT", { PORT: "9000", HOST: "::1" })).toEqual([
      "remark: Parley is running on 9000, but not ready: inference is missing",
    ]);
  });

  it("is held by a program with another answer", async () => {
    machine.failures.set(7_860, "EADDRINUSE");
    machine.answers.set("http://127.0.0.1:7860/ready", answering(200, "<html>"));
    expect(await said("PORT")).toEqual(["wrong: another program uses 7860"]);
  });

  it("is held by a program that never answers", async () => {
    machine.failures.set(8_080, "EADDRINUSE");
    machine.fetch = (_request, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => {
          reject(new TypeError("fetch failed"));
        });
      });
    const findings = said("INFERENCE_PORT");
    await clock.advance(3_000);
    expect(await findings).toEqual(["wrong: another program uses 8080"]);
  });

  it("is not used twice", async () => {
    expect(await said("PORT", { PORT: "8080" })).toEqual(["wrong: 8080 is INFERENCE_PORT as well"]);
  });
});
