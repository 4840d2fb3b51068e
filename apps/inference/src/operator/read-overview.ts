import type { HubInquiry } from "@parley/models/hub/hub-inquiry";
import { hubTitle } from "@parley/models/hub/hub-failure";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import type { ModelFacts } from "@parley/models/hub/model-facts";
import { inspectLocalModel } from "@parley/models/local/inspect-local-model";
import { type ModelVariant, readVariant } from "@parley/models/model-variant";
import type { MachineFacts } from "@parley/models/recommendation/machine-facts";
import { cautionFor } from "@parley/models/recommendation/caution-for";
import { recommend, type Recommendation } from "@parley/models/recommendation/recommend";
import { usualPrecision } from "@parley/models/recommendation/usual-precision";
import type { ModelEntry } from "@parley/models/registry/model-entry";
import { isName } from "@parley/models/resolve-folder";
import type {
  ModelJob,
  ModelSuggestion,
  ModelSummary,
  ModelsOverview,
} from "@parley/shared/protocol/models-api";
import type { devicePrecision } from "@parley/speech/runtime/probe/device-precision";
import type { DeviceUse } from "./device-use";
import type { ModelTask } from "./model-task";
import { plainSummary } from "./plain-summary";
import { summarize } from "./summarize";

export type OverviewSources = {
  entries: readonly ModelEntry[];
  /** Models that are there without a download. */
  shipped: readonly ModelSummary[];
  /** Names of the active models, with their precision where one was chosen. */
  active: () => Readonly<Record<ModelJob, string>>;
  /** Settings that name a model at every start. */
  pinned: ModelsOverview["pinned"];
  machine: MachineFacts;
  /** In what engines compute on the machine's graphics processor; null where they are not set up to. */
  cardPrecision: ReturnType<typeof devicePrecision> | null;
  /** What was measured of the voice in use, where it is slower than speech; else null. */
  slowness: () => string | null;
  /** What the models in use compute on. */
  devices: () => DeviceUse[];
  inquiry: Pick<HubInquiry, "known" | "state">;
  tasks: ReadonlyMap<string, ModelTask>;
  environment: NodeJS.ProcessEnv;
};

/** Everything about the models that is known now. */
export async function readOverview(sources: OverviewSources): Promise<ModelsOverview> {
  const { entries, shipped, inquiry, environment, machine, cardPrecision, pinned } = sources;
  const { endpoint } = await readHubSettings(environment);
  const active = variantsOf(sources.active());
  const facts = await inquiry.known(entries);
  const known = await Promise.all(
    entries.map(async (entry) =>
      summarize({
        local: await inspectLocalModel(entry, environment),
        facts: facts.get(entry.name) ?? { bytes: null, licence: null },
        neededBytes: neededBytes(entry, facts),
        task: sources.tasks.get(entry.name) ?? null,
        active: [...active.values()].find(({ name }) => name === entry.name) ?? null,
        caution: isSpeaking(entry, active)
          ? measuredCaution(sources.slowness())
          : cautionFor(entry, machine, cardPrecision !== null),
        usual: usualPrecision(entry.kind, { cores: machine.cores, cardPrecision }),
        endpoint,
      }),
    ),
  );
  const own = shipped.map((model) => shippedNow(model, active, sources.tasks));
  const listed = [...own, ...known.filter((model) => model !== null)];
  const unlistedOnes = unlisted(active, listed, { pinned, slowness: sources.slowness() });
  const models = [...unlistedOnes, ...listed];
  return {
    models,
    suggestions: suggestionsOf(recommend(machine, cardPrecision), models),
    machine: {
      cores: machine.cores,
      memoryBytes: machine.memoryBytes,
      graphics: machine.graphics?.adapter ?? null,
      devices: sources.devices(),
    },
    hub: { title: hubTitle(endpoint), state: inquiry.state },
    pinned,
  };
}

type ActiveVariants = ReadonlyMap<ModelJob, ModelVariant>;

function variantsOf(names: Readonly<Record<ModelJob, string>>): ActiveVariants {
  return new Map([
    ["hear", asVariant(names.hear)],
    ["speak", asVariant(names.speak)],
    ["think", asVariant(names.think)],
    ["take-turns", asVariant(names["take-turns"])],
  ]);
}

function asVariant(text: string): ModelVariant {
  return isName(text) ? readVariant(text) : { name: text, precision: null };
}

function isSpeaking({ kind, name }: ModelEntry, active: ActiveVariants): boolean {
  return kind === "synthesizer" && active.get("speak")?.name === name;
}

/** A voice in use was measured at its start, which is worth more than a guess by the machine's size. */
function measuredCaution(slowness: string | null): string | null {
  return slowness === null ? null : `${slowness.charAt(0).toUpperCase()}${slowness.slice(1)}.`;
}

function neededBytes({ needs }: ModelEntry, facts: ReadonlyMap<string, ModelFacts>): number | null {
  return needs.reduce<number | null>((sum, name) => {
    const bytes = facts.get(name)?.bytes ?? null;
    return sum === null || bytes === null ? null : sum + bytes;
  }, 0);
}

function shippedNow(
  model: ModelSummary,
  active: ActiveVariants,
  tasks: ReadonlyMap<string, ModelTask>,
): ModelSummary {
  if (model.usage !== "live") return model;
  const task = tasks.get(model.name);
  return {
    ...model,
    isActive: [...active.values()].some(({ name }) => name === model.name),
    state: task?.state ?? (task?.problem == null ? "ready" : "failed"),
    problem: task?.problem ?? null,
  };
}

/** Models in use that no list has: a folder or a file that a setting names. */
function unlisted(
  active: ActiveVariants,
  listed: readonly ModelSummary[],
  { pinned, slowness }: { pinned: ModelsOverview["pinned"]; slowness: string | null },
): ModelSummary[] {
  return [...active].flatMap(([job, { name }]) => {
    if (listed.some((model) => model.name === name)) return [];
    const setting = pinned.find((pin) => pin.job === job)?.setting ?? "the settings";
    const title = name.split(/[\\/]/u).findLast((part) => part !== "") ?? name;
    const purpose = `Named by ${setting}: ${name}`.slice(0, 500);
    const caution = job === "speak" ? measuredCaution(slowness) : null;
    const plain = { name: name.slice(-200), title: title.slice(0, 200), job, purpose, caution };
    return [plainSummary(plain)];
  });
}

function suggestionsOf(
  recommendation: Recommendation,
  models: readonly ModelSummary[],
): ModelSuggestion[] {
  return (["hear", "speak", "think"] as const).flatMap((job) => {
    const suggestion = recommendation[job];
    if (suggestion === null) return [];
    return models.some(({ name }) => name === suggestion.name) ? [{ job, ...suggestion }] : [];
  });
}
