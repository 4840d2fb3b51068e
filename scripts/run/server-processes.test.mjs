import path from "node:path";
import { expect, it } from "vitest";
import { serverEnvironment } from "./server-processes.mjs";

const choices = {
  repository: "/parley",
  port: 7870,
  inferencePort: 8090,
  inferenceKey: "made-at-this-start",
  worker: "/cache/worker",
};

it("gives the servers their ports, folders and each other's address", () => {
  expect(serverEnvironment(choices, { PARLEY_CACHE: "/cache", EXTRA: "kept" })).toEqual({
    EXTRA: "kept",
    PORT: "7870",
    INFERENCE_PORT: "8090",
    INFERENCE_KEY: "made-at-this-start",
    INFERENCE_URL: "ws://127.0.0.1:8090",
    PARLEY_DATA: path.join("/parley", ".parley", "data"),
    PARLEY_CACHE: path.resolve("/cache"),
    MEDIASOUP_WORKER_BIN: "/cache/worker",
  });
});

it("leaves the operator's own key alone", () => {
  const environment = { INFERENCE_KEY: "the-operators-own" };
  expect(serverEnvironment(choices, environment).INFERENCE_KEY).toBe("the-operators-own");
});

it("leaves an inference server elsewhere alone", () => {
  const environment = { INFERENCE_URL: "ws://gpu-box:8080" };
  expect(serverEnvironment(choices, environment).INFERENCE_URL).toBe("ws://gpu-box:8080");
});

it("leaves out the key and the worker that a part alone can do without", () => {
  const alone = serverEnvironment({ ...choices, inferenceKey: null, worker: null }, {});
  expect(alone.INFERENCE_KEY).toBe("");
  expect("MEDIASOUP_WORKER_BIN" in alone).toBe(false);
});
