/** Thread of Smart Turn: a run takes longer than a window of voice activity detection. */
import { serveThread } from "@parley/threads/server/serve-thread";
import type { SmartTurnCalls } from "./smart-turn-calls";
import type { SmartTurnSettings } from "./smart-turn-detector";
import { SmartTurnModel } from "./smart-turn-model";

await serveThread<SmartTurnSettings, SmartTurnCalls>(async ({ file, threads }) => {
  const model = await SmartTurnModel.load(file, { threads });
  return {
    calls: {
      estimate: async ({ sound }) => ({ probability: await model.probability(sound) }),
    },
  };
});
