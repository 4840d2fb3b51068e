import type { SettingGroup } from "../all-settings";
import type { Settings } from "../setting";
import { markdownTable } from "./markdown-table";

/** Variables, defaults and meanings as a table in Markdown. */
export function settingsTable(settings: Settings): string {
  const rows = Object.entries(settings).map(([name, { defaultText, meaning }]) => [
    `\`${name}\``,
    defaultText,
    meaning,
  ]);
  return markdownTable([["variable", "default", "meaning"], ...rows]);
}

/** A heading and a table for each group. */
export function settingsTables(groups: readonly SettingGroup[]): string {
  const sections = groups.map(
    ({ title, settings }) => `### ${title}\n\n${settingsTable(settings)}`,
  );
  return sections.join("\n\n");
}
