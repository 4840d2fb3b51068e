import { allSettings, settingGroups } from "@parley/settings/all-settings";
import { findMisspeltNames } from "@parley/settings/misspelt-names";
import { findProblems } from "@parley/settings/problems";
import { given } from "@parley/settings/setting";
import { shownValue } from "@parley/settings/shown-value";
import { type Finding, remark, wrong } from "./finding";

/** A setting as an operator sees it. */
export type SettingState = {
  readonly group: string;
  readonly name: string;
  /** Secrets are masked; null while it is unset. */
  readonly value: string | null;
  /** Display text of the value that applies while it is unset. */
  readonly default: string;
  readonly readBy: readonly string[];
};

/** Every setting with its value, in the order of the documentation. */
export function settingStates(environment: NodeJS.ProcessEnv): SettingState[] {
  return settingGroups.flatMap(({ title, settings }) =>
    Object.entries(settings).map(([name, setting]) => ({
      group: title,
      name,
      value: shownValue(setting, environment[name]),
      default: setting.defaultText.replaceAll("`", ""),
      readBy: setting.readBy,
    })),
  );
}

/** Wrong values, names that are probably misspelt, and settings that do nothing by themselves. */
export function examineSettings(environment: NodeJS.ProcessEnv): Finding[] {
  const isSet = (name: string) => given(environment[name]) !== undefined;
  const problems = findProblems(allSettings, environment).map(({ name, value, cure }) =>
    wrong(name, `${value} cannot be used`, cure),
  );
  const set = Object.keys(environment).filter(isSet);
  const misspelt = findMisspeltNames(set, Object.keys(allSettings)).map(({ name, meant }) =>
    remark(name, "Parley knows no such variable", `is ${meant} meant?`),
  );
  const idle = Object.entries(allSettings).flatMap(([name, { onlyWith }]) =>
    onlyWith === null || !isSet(name) || isSet(onlyWith)
      ? []
      : [remark(name, `does nothing without ${onlyWith}`, `set ${onlyWith}, or unset this`)],
  );
  return [...problems, ...misspelt, ...idle];
}
