import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import type { GraphPlacement } from "@parley/speech/contracts/graph-placement";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import { deviceTitle, type ProviderChoice } from "@parley/speech/runtime/probe/choose-providers";

export type DeviceUse = ModelsOverview["machine"]["devices"][number];

type GraphUse = NonNullable<DeviceUse["graphs"]>[number];

/** Said of engines that take no card by themselves, see `untriedProviders`. */
const untried = "it was not tried on webgpu, which a setting can name nevertheless";

/** A model in use, as far as its device goes. */
type Running = {
  readonly runsOn?: string | undefined;
  readonly placements?: readonly GraphPlacement[] | undefined;
  readonly remarks?: readonly string[];
};

/**
 * What a model computes on, for the Models page and the log. Null for one that runs elsewhere, or
 * that is no model.
 */
export function deviceUse(
  job: DeviceUse["job"],
  { runsOn, placements = [], remarks = [] }: Running,
  { choice, adapter }: { choice: ProviderChoice; adapter: Adapter },
): DeviceUse | null {
  if (runsOn === undefined) return null;
  const told = [...choice.reasons, ...remarks.filter((remark) => isAboutDevice(remark))];
  const isUntried = told.length === 0 && runsOn === "cpu" && choice.providers[0] === "webgpu";
  const reasons = isUntried ? [untried] : told;
  return {
    job,
    title: deviceTitle(runsOn, adapter).slice(0, 200),
    reason: reasons.length === 0 ? null : reasons.join("; ").slice(0, 1_000),
    ...(placements.length === 0 ? {} : { graphs: placements.slice(0, 20).map(graphUse) }),
  };
}

function graphUse({ graph, nodes, partitions }: GraphPlacement): GraphUse {
  const { cpu: onProcessor = 0, ...onDevices } = nodes;
  const onDevice = Object.values(onDevices).reduce((sum, count) => sum + count, 0);
  return { graph: graph.slice(0, 100), onDevice, onProcessor, partitions };
}

/** Remarks on devices begin with the provider or the part that they are about. */
function isAboutDevice(remark: string): boolean {
  return /^(?:webgpu|cuda|tensorrt|coreml|the codec runs)\b/u.test(remark);
}
