import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCheckout } from "./testing/checkout.mjs";

/** @type {Awaited<ReturnType<typeof makeCheckout>>} */
let checkout;
beforeEach(async () => {
  checkout = await makeCheckout();
});
afterEach(async () => {
  await checkout.run("stop");
  await checkout.remove();
});

/** Processes that were started from the checkout, but for those that nobody has waited for. */
function leftRunning() {
  const list = execFileSync("ps", ["-A", "-o", "pid=,stat=,pgid=,args="], { encoding: "utf8" });
  const lines = list.split("\n").map((line) => line.trim().split(/\s+/));
  const leaders = lines.filter((words) => words.join(" ").includes(checkout.folder));
  const groups = new Set(leaders.map((words) => words[2]));
  return lines.filter(([, stat = "", group]) => groups.has(group) && !stat.startsWith("Z"));
}

/** @param {import("node:child_process").ChildProcess} child @param {RegExp} wanted */
async function lineOf(child, wanted) {
  if (child.stdout === null) throw new Error("its output goes elsewhere");
  for await (const line of createInterface({ input: child.stdout })) {
    if (wanted.test(line)) return line;
  }
  throw new Error(`it ended without ${wanted}`);
}

describe.skipIf(process.platform === "win32")("scripts/parley.sh as plain processes", () => {
  it("starts both servers with one key, tells of them, and stops all below them", async () => {
    const started = await checkout.run("start");
    expect(started).toMatchObject({ code: 0, output: expect.stringContaining("Parley is ready") });
    const status = await checkout.run("status");
    expect(status.code).toBe(0);
    expect(status.output).toMatch(/inference +runs, process \d+ since/);
    expect(status.output).toMatch(/web +runs, process \d+ since/);
    expect(status.output).not.toMatch(/^llm/m);

    const keys = [];
    for (const part of ["asr", "web"]) {
      const logs = checkout.begin(`logs ${part}`);
      keys.push(/INFERENCE_KEY=(\w{32}) /.exec(await lineOf(logs, /was given/))?.[1]);
      logs.kill("SIGTERM");
      await once(logs, "exit");
    }
    expect(keys[0]).toBeDefined();
    expect(keys[1]).toBe(keys[0]);

    const again = await checkout.run("start");
    expect(again.code).toBe(1);
    expect(again.output).toContain("Parley runs already");

    await checkout.run("stop");
    expect(leftRunning()).toEqual([]);
    expect(await checkout.run("status")).toMatchObject({ code: 3 });
  });

  it("kills what does not end when it is asked to", async () => {
    await checkout.write("flaws", '{"stubborn":"inference"}');
    await checkout.run("start");
    expect(leftRunning().length).toBeGreaterThan(0);
    await checkout.run("stop");
    expect(leftRunning()).toEqual([]);
  });

  it("shows why a part ended, and leaves nothing of the others", async () => {
    await checkout.write("flaws", '{"failing":"inference"}');
    const { code, output } = await checkout.run("start");
    expect(code).toBe(1);
    expect(output).toContain("it cannot run with what is set");
    expect(output).toContain("inference has ended.");
    expect(leftRunning()).toEqual([]);
  });

  it("stays in the foreground until it is interrupted", async () => {
    const script = checkout.begin("start --foreground");
    await lineOf(script, /media-server was given/);
    script.kill("SIGINT");
    script.stdout.resume();
    await once(script, "exit");
    expect(leftRunning()).toEqual([]);
  });

  it("takes docker/.env where the environment says nothing", async () => {
    await checkout.write("docker/.env", '# a remark\nLOG_LEVEL="debug"\nHF_TOKEN=of the file\n');
    await checkout.run("start", { HUGGINGFACE_ACCESS_TOKEN: "ignored", HF_TOKEN: "of the shell" });
    const logs = checkout.begin("logs web");
    const line = await lineOf(logs, /was given/);
    logs.kill("SIGTERM");
    expect(line).toContain("HF_TOKEN=of the shell LOG_LEVEL=debug");
  });
});

describe.skipIf(process.platform === "win32")("the chat model of plain processes", () => {
  const cached = ".cache/huggingface/hub/models--unsloth--Nemotron-3-Nano-30B-A3B-GGUF/snapshots/1";

  it("is the one in the hub's cache, within inference", async () => {
    await checkout.write(`${cached}/Nemotron-3-Nano-30B-A3B-Q4_K_M.gguf`, "weights");
    const { output } = await checkout.run("start");
    expect(output).toContain("runs within inference");
    const logs = checkout.begin("logs llm");
    expect(await lineOf(logs, /was given/)).toMatch(/LLM_BASE_URL= LLM_GGUF=\S+Q4_K_M\.gguf/);
    logs.kill("SIGTERM");
  });

  it("is llama.cpp's server where that is installed, with the voice bot's options", async () => {
    await checkout.installRecorder("llama-server");
    await checkout.write("models/Own-Q4.gguf", "weights");
    await checkout.run(`start --mode llamacpp-q4 --model ${checkout.folder}/models/Own-Q4.gguf`, {
      LLAMA_PARALLEL: "2",
    });
    expect(await checkout.record()).toMatch(
      /llama-server --model \S+Own-Q4\.gguf .*--ctx-size 16384 --parallel 2 --reasoning-budget 0 --cache-ram 0 -ctk q8_0 -ctv q8_0/,
    );
    const logs = checkout.begin("logs asr");
    const given = await lineOf(logs, /was given/);
    expect(given).toContain("LLM_BASE_URL=http://127.0.0.1:8000/v1");
    expect(given).toContain("LLM_SERVER_SLOTS=2");
    logs.kill("SIGTERM");
    await checkout.run("stop");
    expect(leftRunning()).toEqual([]);
  });

  it.each([
    ["--mode llamacpp-q8", "There is no unsloth/Nemotron-3-Nano-30B-A3B-GGUF"],
    ["--mode llamacpp-q8 --model /none.gguf", "There is no file /none.gguf"],
    ["--mode vllm", "vLLM is not installed"],
    ["--mode remote", "there is no server to ask"],
    ["--mode q8", "There is no mode q8"],
    ["--no-asr", "RECOGNIZER_URL"],
    ["--no-tts", "SYNTHESIZER_URL"],
    ["--no-lm", "start does not know --no-lm"],
  ])("start %s says what is missing, and starts nothing", async (options, reason) => {
    const { code, output } = await checkout.run(`start ${options}`);
    expect(code).toBe(1);
    expect(output).toContain(reason);
    expect(leftRunning()).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("scripts/parley.sh with Docker", () => {
  beforeEach(() => checkout.installRecorder("docker"));

  /** The calls of Docker, without those that only ask whether it is there. */
  async function calls() {
    const lines = (await checkout.record()).split("\n");
    return lines
      .filter((line) => /^docker compose --file/.test(line))
      .map((line) => line.split("compose.yaml ")[1]);
  }

  it("starts the containers of a mode, waits for them, and stops those of all profiles", async () => {
    const { output } = await checkout.run("start --mode vllm --model nvidia/another", {
      COMPOSE_PROFILES: "tracing",
    });
    expect(output).toContain("Parley is ready: http://localhost:7860");
    const record = await checkout.record();
    expect(record).toContain("COMPOSE_PROFILES=tracing,vllm");
    expect(record).toContain("VLLM_MODEL=nvidia/another");
    expect(record).toContain("LLM_BASE_URL=http://vllm:8000/v1");
    expect(record).toMatch(/INFERENCE_KEY=\w{32}/);
    await checkout.run("restart --mode remote -f", { LLM_BASE_URL: "http://192.0.2.20:8000/v1" });
    await checkout.run("logs asr");
    expect(await calls()).toEqual([
      "up --build --detach --wait",
      "--profile * down",
      "up --build",
      "--profile * logs --follow --tail 100 inference inference-gpu",
    ]);
  });

  it("hands in a model of the host, and gives a card to inference where there is one", async () => {
    await checkout.installRecorder("nvidia-smi");
    await checkout.write("models/Own-Q8.gguf", "weights");
    await checkout.run(`start --mode llamacpp-q8 --model ${checkout.folder}/models/Own-Q8.gguf`);
    const record = await checkout.record();
    expect(record).toContain("COMPOSE_PROFILES=gpu,llamacpp");
    expect(record).toContain("CPU_WORKERS=0");
    expect(record).toContain(`CHAT_MODELS=${checkout.folder}/models`);
    expect(record).toContain("LLAMA_FROM=--model\nLLAMA_MODEL=/models/Own-Q8.gguf");
  });

  it("downloads the model where there is none, and leaves the card alone when told to", async () => {
    await checkout.installRecorder("nvidia-smi");
    await checkout.run("start --mode llamacpp-q4 --cpu");
    const record = await checkout.record();
    expect(record).toContain("COMPOSE_PROFILES=llamacpp\n");
    expect(record).toContain("LLAMA_MODEL=unsloth/Nemotron-3-Nano-30B-A3B-GGUF:Q4_K_M");
  });

  it("is left alone when plain processes are asked for, and by what looks after them", async () => {
    await checkout.run("start --plain");
    expect((await checkout.run("status")).output).toMatch(/web +runs/);
    await checkout.run("stop");
    expect(await calls()).toEqual([]);
  });
});

it.skipIf(process.platform === "win32")(
  "help lists all there is, as does what is misspelt",
  async () => {
    const { code, output } = await checkout.run("help");
    expect(code).toBe(0);
    for (const word of [
      "start",
      "stop",
      "restart",
      "status",
      "logs",
      "shell",
      "--mode",
      "--no-llm",
      "-f",
    ]) {
      expect(output).toContain(word);
    }
    expect(await checkout.run("stat")).toMatchObject({
      code: 1,
      output: expect.stringContaining("There is no command stat"),
    });
  },
);
