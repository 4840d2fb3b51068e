import { expect, it } from "vitest";
import { readPlacement } from "./placement";

const at = (text: string) => `2026-11-30 07:19:36.587 [V:onnxruntime:, x.cc:1 ${text}`;
const told = (text: string) => at(`VerifyEachNodeIsAssignedToAnEp] ${text}`);

it("reads which nodes the processor has, and what is copied", () => {
  const log = [
    at("AddCopyNode] Add MemcpyToHost before head/ArgMax_0 for WebGpuExecutionProvider"),
    at("AddCopyNode] Add MemcpyFromHost after Less_0 for WebGpuExecutionProvider"),
    told("Node placements"),
    told(" Node(s) placed on [CPUExecutionProvider]. Number of nodes: 2"),
    told("   Range (encoder/Range_0)"),
    told("   Less (Less_0)"),
    told(" Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 1"),
    told("   MatMul (MatMul_0)"),
    told("Some nodes were not assigned to the preferred execution providers (see above)."),
  ].join("\n");
  expect(readPlacement(log)).toEqual({
    nodes: { CPUExecutionProvider: 2, WebGpuExecutionProvider: 1 },
    onProcessor: ["Range (encoder/Range_0)", "Less (Less_0)"],
    copiesDown: ["head/ArgMax_0"],
    copiesUp: ["Less_0"],
  });
});

it("reads that one has all", () => {
  const log = told(" All nodes placed on [WebGpuExecutionProvider]. Number of nodes: 21");
  expect(readPlacement(log).nodes).toEqual({ WebGpuExecutionProvider: 21 });
});
