import type { EngineHouse } from "@parley/shared/protocol/house-api";
import { languageTagSchema } from "@parley/shared/protocol/rooms-api";
import type { ModelJob, ModelSummary, ModelsOverview } from "@parley/shared/protocol/models-api";
import type { ToolSetSummary } from "@parley/shared/protocol/tool-use";
import { remoteRecognizer, remoteVoice } from "./shipped-models";

/** What helps most comes first. */
const order: readonly ModelJob[] = ["hear", "think", "speak"];

/**
 * What hears, thinks and speaks, and the one step that would help most.
 *
 * @param voice what it is known by and what it speaks
 * @param tools that an agent can be given
 */
export function houseOf(
  { models, suggestions }: ModelsOverview,
  voice: { voices: readonly string[]; languages: readonly string[] },
  tools: readonly ToolSetSummary[],
): EngineHouse {
  const partOf = (job: ModelJob) => {
    const active = activeOf(models, job);
    const title = active?.title ?? "an unnamed model";
    return { title: inSentence(title), isDemonstration: active?.isDemonstration ?? false };
  };
  return {
    hears: partOf("hear"),
    thinks: partOf("think"),
    speaks: partOf("speak"),
    voices: [...voice.voices],
    languages: tagsOf(voice.languages),
    tools: [...tools],
    better: betterOf(models, suggestions),
  };
}

/** Those that an agent can be given: other machines may name languages in ways of their own. */
function tagsOf(languages: readonly string[]): string[] {
  const tags = languages.map((language) => language.replaceAll("_", "-"));
  return tags.filter((tag) => languageTagSchema.safeParse(tag).success);
}

/** "the built-in script", where a heading says "Built-in script". */
function inSentence(title: string): string {
  return title.replace(/^Built-in /u, "the built-in ").replace(/^A /u, "a ");
}

function activeOf(models: readonly ModelSummary[], job: ModelJob): ModelSummary | undefined {
  return models.find((model) => model.job === job && model.isActive);
}

/** Only what came with the install is advised against: the rest was chosen by somebody. */
function betterOf(
  models: readonly ModelSummary[],
  suggestions: ModelsOverview["suggestions"],
): EngineHouse["better"] {
  for (const job of order) {
    const active = activeOf(models, job);
    const suggestion = suggestions.find((candidate) => candidate.job === job);
    const model = models.find(({ name }) => name === suggestion?.name);
    if (suggestion === undefined || model === undefined) continue;
    if (active !== undefined && (!active.isShipped || !isReplaceable(active))) continue;
    const { name, title, downloadBytes } = model;
    const { reason } = suggestion;
    return { job, name, title, reason, downloadBytes, state: standOf(model) };
  }
  return null;
}

/** Whether it is of the install itself, and not another machine's. */
function isReplaceable({ name, isDemonstration, usage }: ModelSummary): boolean {
  const isElsewhere = name === remoteVoice || name === remoteRecognizer;
  return isDemonstration || (usage === "live" && !isElsewhere);
}

function standOf({ state }: ModelSummary): "absent" | "coming" | "ready" {
  if (state === "ready") return "ready";
  return state === "absent" || state === "failed" ? "absent" : "coming";
}
