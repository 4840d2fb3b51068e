import { expect, it } from "vitest";
import { readProfile } from "./read-profile";

let ts = 0;

function ran(operator: string, provider: "CPU" | "WebGpu", name = `${operator}_0`) {
  const args = { op_name: operator, provider: `${provider}ExecutionProvider`, node_index: "7" };
  return { cat: "Node", name: `${name}_kernel_time`, dur: 5, ts: ts++, args };
}

const read = (events: readonly unknown[]) => readProfile(JSON.stringify(events), "encoder.onnx");

it("counts a device's nodes as one partition while nothing comes down", () => {
  const placement = read([
    { cat: "Session", name: "session_initialization", ts: 0, args: {} },
    ran("Range", "CPU"),
    ran("MemcpyFromHost", "WebGpu"),
    ran("MatMul", "WebGpu"),
    ran("Less", "CPU"),
    ran("MemcpyFromHost", "WebGpu", "Memcpy"),
    ran("Add", "WebGpu"),
    { cat: "Api", name: "Add&Add", ts: 0, dur: 1, args: { shapes: "" } },
  ]);
  expect(placement).toEqual({
    graph: "encoder.onnx",
    nodes: { cpu: 2, webgpu: 2 },
    partitions: 1,
    inTheMidst: [],
  });
});

it("names the nodes that a device waits for", () => {
  const events = [
    ran("MatMul", "WebGpu"),
    ran("MemcpyToHost", "WebGpu"),
    ran("TopK", "CPU", "head/TopK_0"),
    ran("Cast", "CPU", "head/Cast_0"),
    ran("MemcpyFromHost", "WebGpu"),
    ran("Add", "WebGpu"),
  ];
  // Events need not come in their order.
  expect(read(events.toReversed())).toMatchObject({
    partitions: 2,
    inTheMidst: ["TopK (head/TopK_0)", "Cast (head/Cast_0)"],
  });
});

it("blames nobody who comes behind all of a device's work", () => {
  const events = [ran("MatMul", "WebGpu"), ran("MemcpyToHost", "WebGpu"), ran("ArgMax", "CPU")];
  expect(read(events)).toMatchObject({ partitions: 1, inTheMidst: [] });
});

it("counts a node of a loop once", () => {
  const again = [ran("MatMul", "WebGpu", "a"), ran("MatMul", "WebGpu", "a")];
  expect(read(again).nodes).toEqual({ webgpu: 1 });
});

it("refuses what is no profile", () => {
  expect(() => read([])).toThrow("tells of no node");
  expect(() => readProfile('[{"cat":', "x")).toThrow();
  expect(() => readProfile('{"cat":1}', "x")).toThrow();
});
