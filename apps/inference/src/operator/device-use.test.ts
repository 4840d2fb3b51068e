import { expect, it } from "vitest";
import { deviceUse } from "./device-use";

const card = {
  kind: "card",
  name: "NVIDIA H200",
  halfPrecision: true,
  tellsPlacement: true,
} as const;
const none = { kind: "none", reason: "there is no Vulkan loader" } as const;

it("names the device of a model, and why it is not another", () => {
  const onCard = { choice: { providers: ["webgpu", "cpu"], reasons: [] }, adapter: card } as const;
  expect(deviceUse("hear", { runsOn: "webgpu", remarks: ["two guesses"] }, onCard)).toEqual({
    job: "hear",
    title: "webgpu on NVIDIA H200",
    reason: null,
  });
  const placement = {
    graph: "encoder.onnx",
    nodes: { webgpu: 335, cpu: 50 },
    partitions: 1,
    inTheMidst: [],
  };
  expect(deviceUse("hear", { runsOn: "webgpu", placements: [placement] }, onCard)?.graphs).toEqual([
    { graph: "encoder.onnx", onDevice: 335, onProcessor: 50, partitions: 1 },
  ]);
  const failed = { runsOn: "cpu", remarks: ["webgpu failed at encoder.onnx: lost"] };
  expect(deviceUse("speak", failed, onCard)).toEqual({
    job: "speak",
    title: "cpu",
    reason: "webgpu failed at encoder.onnx: lost",
  });
  expect(deviceUse("hear", { runsOn: "cpu" }, onCard)?.reason).toMatch(/^it was not tried/u);
  const reasons = ["webgpu cannot be used: there is no Vulkan loader"];
  const without = { choice: { providers: ["cpu"], reasons }, adapter: none } as const;
  expect(deviceUse("hear", { runsOn: "cpu" }, without)?.reason).toBe(reasons[0]);
  expect(deviceUse("speak", {}, without)).toBeNull();
});
