import type {
  ModelSuggestion,
  ModelSummary,
  PrecisionChoice,
} from "@parley/shared/protocol/models-api";
import { activityOf } from "./model-activity";
import { choiceLabel } from "./choice-label";

/** One form of a model: an entry of its own, or a precision of one. */
export type ModelChoice = {
  /** For requests: "parakeet-tdt-v3:int8". */
  target: string;
  label: string;
  model: ModelSummary;
  precision: PrecisionChoice | null;
};

/** A model in all its forms, for one row. */
export type ModelFamily = {
  key: string;
  title: string;
  models: readonly ModelSummary[];
  choices: readonly ModelChoice[];
  suggestion: ModelSuggestion | null;
};

/** Groups models whose forms differ only in number format, chunk length or release. */
export function familiesOf(
  models: readonly ModelSummary[],
  suggestions: readonly ModelSuggestion[],
): ModelFamily[] {
  const groups = new Map<string, ModelSummary[]>();
  for (const model of models) {
    const group = groups.get(model.family);
    if (group === undefined) groups.set(model.family, [model]);
    else group.push(model);
  }
  return [...groups].flatMap(([key, members]) => {
    const lead = members.find(({ name }) => name === key) ?? members[0];
    if (lead === undefined) return [];
    const suggestion = suggestions.find(({ name }) => members.some((one) => one.name === name));
    return {
      key,
      title: lead.title,
      models: members,
      choices: members.flatMap((member) => choicesOf(member)),
      suggestion: suggestion ?? null,
    };
  });
}

function choicesOf(model: ModelSummary): ModelChoice[] {
  const { name, precisions } = model;
  if (precisions.length === 0) {
    return [{ target: name, label: choiceLabel(model, null), model, precision: null }];
  }
  return precisions.map((precision) => ({
    target: `${name}:${precision.precision}`,
    label: choiceLabel(model, precision),
    model,
    precision,
  }));
}

/** The form that a row shows until another is chosen: at work, in use, recommended, or here. */
export function usualChoice({ choices, suggestion }: ModelFamily): ModelChoice | undefined {
  const isSuggested = ({ model, precision }: ModelChoice) =>
    model.name === suggestion?.name && (precision?.precision ?? null) === suggestion.precision;
  const isBusy = ({ model }: ModelChoice) => activityOf(model.state) !== null;
  return (
    choices.find(isInUse) ??
    choices.find((choice) => isBusy(choice) && isSuggested(choice)) ??
    choices.find(isBusy) ??
    choices.find(isSuggested) ??
    choices.find(({ precision }) => precision?.isPrepared) ??
    choices.find(({ model }) => model.diskBytes > 0) ??
    choices[0]
  );
}

export function isInUse({ model, precision }: ModelChoice): boolean {
  return model.isActive && (precision?.precision ?? null) === model.activePrecision;
}
