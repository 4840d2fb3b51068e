import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { DeviceLines } from "./device-lines";

it("says what each model computes on, and why not on something better", () => {
  render(
    <DeviceLines
      devices={[
        { job: "hear", title: "webgpu on NVIDIA H200", reason: null },
        { job: "speak", title: "cpu", reason: "webgpu failed at decoder.onnx: lost" },
      ]}
    />,
  );
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "Hearing computes on WebGPU on NVIDIA H200.",
    "Speaking computes on the processor. WebGPU failed at decoder.onnx: lost.",
  ]);
});

it("says how much of its graphs is computed there", () => {
  const graphs = [
    { graph: "encoder.onnx", onDevice: 335, onProcessor: 50, partitions: 1 },
    { graph: "decoder_joint.onnx", onDevice: 21, onProcessor: 0, partitions: 1 },
  ];
  render(
    <DeviceLines
      devices={[{ job: "hear", title: "webgpu on NVIDIA H200", reason: null, graphs }]}
    />,
  );
  expect(screen.getByRole("listitem").textContent).toBe(
    "Hearing computes on WebGPU on NVIDIA H200. " +
      "Nodes there: 335 of 385 of encoder.onnx, all 21 of decoder_joint.onnx.",
  );
});
