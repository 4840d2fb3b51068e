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
