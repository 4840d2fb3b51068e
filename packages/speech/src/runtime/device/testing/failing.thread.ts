import type { ExecutionProvider } from "../../execution-providers";
import { DeviceFailure } from "../device-failure";
import { serveEngine } from "../serve-engine";
import type { FailingCalls, FailingSettings } from "./failing-calls";

/** An engine whose device is lost at its start, or when it computes "more". */
await serveEngine<FailingSettings, FailingCalls>(({ providers, failsAtStart }) => {
  const provider: ExecutionProvider = providers[0] ?? "cpu";
  const lose = () => new DeviceFailure(provider, "encoder.onnx", new Error("device lost\nat 0x0"));
  if (failsAtStart && provider !== "cpu") throw lose();
  return {
    calls: {
      compute: (text) =>
        text === "more" && provider !== "cpu"
          ? Promise.reject(lose())
          : Promise.resolve(`${text} on ${provider}`),
    },
  };
});
