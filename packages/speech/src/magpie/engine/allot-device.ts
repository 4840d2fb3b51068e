import { ProviderFallback } from "../../runtime/execution-providers";
import { bytesWith, magpieNeeds, voicesWithin, type DeviceNeeds } from "./device-needs";
import type { MagpieEngineSettings } from "./magpie-engine";

/** A reply and the one that is made ahead of it: with fewer a device only gets in the way. */
const leastVoices = 2;

export type Allotment = {
  providers: ProviderFallback;
  /** Voices at once while an accelerator computes. */
  maxStreams: number;
  /** For operators: why these are fewer than was asked for; null where they are not. */
  remark: string | null;
};

/**
 * Finds out, before a graph is opened, whether a device has room for the whole of Magpie within its
 * limit, and for how many voices at once. Where it has not, all of it is left to the processor: half a
 * Magpie on a card would have its states cross the bus.
 *
 * @param codec null where it does not run there
 * @throws AppError `model-mismatch`
 */
export async function allotDevice(
  settings: Omit<MagpieEngineSettings, "codec">,
  codec: DeviceNeeds | null,
): Promise<Allotment> {
  const { model, inference, device, maxStreams } = settings;
  const providers = new ProviderFallback(settings.providers, device);
  const memoryBytes = device?.memoryBytes;
  const unlimited = { providers, maxStreams, remark: null };
  if (memoryBytes === undefined || providers.inUse === "cpu") return unlimited;
  const parts = [await magpieNeeds(model, inference), ...(codec === null ? [] : [codec])];
  const voices = Math.min(maxStreams, voicesWithin(memoryBytes, parts));
  const limit = `${mebibytes(memoryBytes)} MiB`;
  const least = Math.min(leastVoices, maxStreams);
  if (voices < least) {
    const needed = mebibytes(bytesWith(least, parts));
    const kept = least === 1 ? "a voice keeps" : `${least} voices keep`;
    providers.giveUp(`${needed} MiB of weights and of what ${kept} are over the limit of ${limit}`);
    return unlimited;
  }
  if (voices === maxStreams) return unlimited;
  const remark =
    `${providers.inUse} speaks with ${voices} voices at once, not ${maxStreams}: the limit of ${limit} ` +
    "has room for no more";
  return { providers, maxStreams: voices, remark };
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}
