import { cpus, loadavg, release, totalmem } from "node:os";
import { tryWebgpu } from "@parley/speech/runtime/probe/try-webgpu";
import { round } from "../../support/percentiles";
import { askGraphicsCard } from "./graphics-memory";
import type { Part } from "./part";

/** What the machine is. */
export const devicePart: Part = {
  name: "device",
  limitSeconds: 40,
  async run({ row, note, signal }) {
    row({ what: "processor", is: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}` });
    row({ what: "memory", is: `${Math.round(totalmem() / 2 ** 30)} GiB` });
    row({ what: "system", is: `Linux ${release()}, Node ${process.version}` });
    // Before the bench itself takes part in it.
    row({ what: "load of the last minute", is: round(loadavg()[0] ?? 0) });
    const card = await askGraphicsCard("name,driver_version,memory.total");
    row({ what: "nvidia-smi", is: card ?? "not here" });
    const adapter = await tryWebgpu(process.env, signal);
    row({
      what: "webgpu",
      is: adapter.kind === "none" ? `no: ${adapter.reason}` : `${adapter.kind}: ${adapter.name}`,
    });
    const half = adapter.kind !== "none" && adapter.halfPrecision;
    row({ what: "half precision (shader-f16)", is: half ? "yes" : "no" });
    if (adapter.kind !== "card") note("no card: the figures say nothing about one");
  },
};
