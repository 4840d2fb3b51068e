/** Makes models: random weights are written and converted in seconds, for each one in a process. */
import { existsSync } from "node:fs";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { serveProcess } from "@parley/threads/server/serve-process";
import { prepareVoice } from "../../tts/models/prepare-models";
import { prepareEar } from "../models/ear-model";
import type { ModelCalls } from "./model-calls";

const calls: ModelCalls = {
  ear: ({ cache, scale, precision }) => prepareEar(cache, scale, precision),
  async voice({ scale, precision }) {
    const ofSize = scale === "full" ? "full" : "tiny";
    const { model, codec } = await prepareVoice(`magpie-2607:${precision}`, ofSize);
    return { model, codec };
  },
  async checkpoint({ file, directory, precision, kind }) {
    if (existsSync(directory)) return directory;
    const checkpoint = await openCheckpoint(file);
    const convert = kind === "ear" ? convertTransducer : convertMagpie;
    await convert({ checkpoint, directory, precision });
    await checkpoint.close();
    return directory;
  },
};

await serveProcess<typeof calls>(() => ({ calls }));
