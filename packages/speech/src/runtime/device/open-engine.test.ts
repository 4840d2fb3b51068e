import { threadEntry } from "@parley/threads/launch/thread-entry";
import { describe, expect, it } from "vitest";
import { EngineLaunch } from "./engine-launch";
import { openEngine } from "./open-engine";
import { outliving } from "./outliving";
import type { FailingCalls } from "./testing/failing-calls";

async function open(failsAtStart: boolean) {
  const remarks: string[] = [];
  const engine = new EngineLaunch({
    entry: threadEntry(import.meta.url, "./testing/failing.thread.ts"),
    settings: (usable) => ({ providers: usable(["webgpu", "cpu"]), failsAtStart }),
    onRemark: (remark) => remarks.push(remark),
  });
  const options = { name: "engine", silenceLimitMs: 20_000 };
  return { engine, remarks, thread: await openEngine<FailingCalls>(engine, options) };
}

const remark = "webgpu failed at encoder.onnx: device lost; the next provider goes on";

describe("An engine whose device is lost", () => {
  it("goes on with the next provider, and says so", async () => {
    const { engine, remarks, thread } = await open(false);
    expect(await thread.call("compute", "some")).toBe("some on webgpu");
    expect(engine.deviceAfter("webgpu")).toBe("webgpu");
    const call = () => thread.call("compute", "more");
    expect(await outliving(thread, call)).toBe("more on cpu");
    expect(remarks).toEqual([remark]);
    expect(engine.remarks).toEqual([remark]);
    expect(engine.deviceAfter("webgpu")).toBe("cpu");
    await thread.close();
  });

  it("starts with the next provider when it fails at the start", async () => {
    const { remarks, thread } = await open(true);
    expect(await thread.call("compute", "more")).toBe("more on cpu");
    expect(remarks).toEqual([remark]);
    await thread.close();
  });
});
