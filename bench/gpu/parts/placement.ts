import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPlacement } from "@parley/speech/testing/placement/find-placement";
import { Models } from "../models/models";
import { measuredPrecisions, type Part } from "./part";

/** Nodes that onnxruntime leaves to the processor, of small models with the graphs of large ones. */
export const placementPart: Part = {
  name: "placement",
  limitSeconds: 40,
  async run({ settings, signal, row, note }) {
    if (settings.provider !== "webgpu") {
      note("onnxruntime tells it of webgpu alone, as far as this bench reads");
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), "parley-placement-"));
    try {
      const models = new Models(folder, "small", measuredPrecisions);
      for (const precision of measuredPrecisions) {
        const { model, codec } = await models.voice(precision);
        for (const directory of [await models.ear(precision), model, codec]) {
          if (directory === codec && precision !== "fp32") continue;
          const files = (await readdir(directory)).filter((name) => name.endsWith(".onnx"));
          for (const file of files) {
            signal.throwIfAborted();
            const { nodes, onProcessor, copiesDown, copiesUp } = await findPlacement(
              join(directory, file),
            );
            row({
              graph: file,
              precision,
              nodes: Object.values(nodes).reduce((sum, count) => sum + count, 0),
              "on the processor": onProcessor.length,
              "come down midway": copiesDown.length,
              "go up midway": copiesUp.length,
            });
          }
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
