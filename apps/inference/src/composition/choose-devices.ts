import { join } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { useProviderLibraries } from "@parley/speech/runtime/libraries/provider-libraries";
import type { DeviceSettings } from "@parley/speech/runtime/execution-providers";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import {
  chooseProviders,
  type ProviderChoice,
} from "@parley/speech/runtime/probe/choose-providers";
import { findAdapter } from "@parley/speech/runtime/probe/find-adapter";
import { selectCard } from "@parley/speech/runtime/probe/select-card";
import type { Environment } from "../environment";
import type { ServerLog } from "../server/session-socket";

/** Where the models of this machine compute. */
export type Devices = {
  adapter: Adapter;
  hearing: ProviderChoice;
  speaking: ProviderChoice;
  /** How each model may use a card. */
  use: DeviceSettings;
};

/** Providers whose libraries `parley gpu install cuda` brings. */
const needsLibraries = new Set(["cuda", "tensorrt"]);
/** The adapter of an installation whose settings want none. */
const unasked: Adapter = { kind: "none", reason: "no setting asks for it" };

/**
 * Chooses where models compute: as the settings say, or else on a card where there is one. To be
 * called before the first model is opened, since drivers read their variables then.
 */
export async function chooseDevices(
  environment: Environment,
  log: ServerLog,
  signal: AbortSignal,
): Promise<Devices> {
  const { GPU_DEVICE, GPU_MEMORY } = environment;
  const hearing = environment.RECOGNIZER_PROVIDERS;
  const speaking = environment.SYNTHESIZER_PROVIDERS ?? hearing;
  const { variables, problem } = await selectCard(GPU_DEVICE);
  if (problem !== null) log.warn({ problem }, "GPU_DEVICE is not here");
  Object.assign(process.env, variables);
  if ([...(hearing ?? []), ...(speaking ?? [])].some((name) => needsLibraries.has(name))) {
    await useProviderLibraries(cacheDirectory(process.env));
  }
  const isAsked = [hearing, speaking].some((wanted) => wanted?.includes("webgpu") ?? true);
  const adapter = isAsked
    ? await findAdapter({
        file: join(cacheDirectory(process.env), "adapter.json"),
        environment: process.env,
        signal,
      })
    : unasked;
  return {
    adapter,
    hearing: chooseProviders(hearing, adapter),
    speaking: chooseProviders(speaking, adapter),
    use: {
      memoryBytes: GPU_MEMORY === undefined ? undefined : GPU_MEMORY * 2 ** 20,
      // Where there is no adapter CUDA alone is left, which no trial is made of.
      tellsPlacement: adapter.kind === "none" || adapter.tellsPlacement,
    },
  };
}
