import type { SettingGroup } from "../all-settings";
import type { ContainerRule, Setting } from "../setting";

/** The lines of an example of an `.env` file: every variable that a container gets from the operator. */
export function exampleEnvironment(groups: readonly SettingGroup[]): string {
  const sections = groups.flatMap(({ title, settings }) => {
    const lines = Object.entries(settings).flatMap(([name, setting]) =>
      exampleLines(name, setting),
    );
    return lines.length === 0 ? [] : [`# ${title}`, ...lines, ""];
  });
  return sections.slice(0, -1).join("\n");
}

function exampleLines(name: string, { meaning, defaultText, containers }: Setting): string[] {
  const passed = Object.values(containers).find(isPassedOn);
  if (passed === undefined) return [];
  const preset = passed.fallback === "" ? plain(defaultText) : passed.fallback;
  return [`# ${plain(meaning)}. Else: ${preset}`, `#${name}=`];
}

function isPassedOn(rule: ContainerRule): rule is ContainerRule & { type: "passed-on" } {
  return rule.type === "passed-on";
}

/** Markdown without its marks. */
function plain(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, "$1").replaceAll("`", "");
}
