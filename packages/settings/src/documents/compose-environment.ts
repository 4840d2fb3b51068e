import type { SettingGroup } from "../all-settings";
import type { ContainerRule, Service } from "../setting";

/** The lines of a service's `environment` in a compose file, each beginning with `indent`. */
export function composeEnvironment(
  groups: readonly SettingGroup[],
  service: Service,
  indent: string,
): string {
  const lines = groups.flatMap(({ title, settings }) => {
    const variables = Object.entries(settings).flatMap(([name, { containers }]) => {
      const rule = containers[service];
      return rule === undefined ? [] : variableLines(name, rule);
    });
    return variables.length === 0 ? [] : [`# ${title}`, ...variables];
  });
  return lines.map((line) => `${indent}${line}`).join("\n");
}

function variableLines(name: string, rule: ContainerRule): string[] {
  switch (rule.type) {
    case "passed-on":
      return [`${name}: "\${${name}:-${rule.fallback}}"`];
    case "fixed":
      return [`${name}: "${rule.value}" # fixed: ${rule.why.replaceAll("`", "")}`];
    case "image":
    case "not-offered":
      return [];
  }
}
