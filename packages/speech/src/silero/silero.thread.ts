/**
 * Voice activity thread, separate from the recogniser's: its steps are due every 32 ms and must not
 * wait for an encoder.
 */
import { Moved } from "@parley/threads/calls";
import { serveThread } from "@parley/threads/server/serve-thread";
import type { OnnxSettings } from "../runtime/onnx-session";
import type { SileroCalls } from "./silero-calls";
import { SileroModel } from "./silero-model";

await serveThread<OnnxSettings, SileroCalls>(async (settings) => {
  const model = await SileroModel.load(settings);
  return {
    calls: {
      step: async ({ window, state }) => {
        const reply = await model.step(window, state);
        return new Moved(reply, [reply.state.memory.buffer, reply.state.context.buffer]);
      },
    },
  };
});
