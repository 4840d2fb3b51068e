import type { ContainerRule, Service, Settings } from "../setting";
import { markdownTable } from "./markdown-table";

/**
 * A table in Markdown of the variables that containers do not simply get from the operator: fixed
 * ones, those with another default, and those that are not offered.
 */
export function containerExceptions(settings: Settings): string {
  const rows = Object.entries(settings).flatMap(([name, { containers, defaultText }]) =>
    services.flatMap((service) => {
      const rule = containers[service];
      const value = rule === undefined ? null : exception(rule, defaultText);
      return rule === undefined || value === null ? [] : [{ name, service, value, why: rule.why }];
    }),
  );
  const merged = rows.flatMap(({ name, service, value, why }) => {
    const twin = rows.find((row) => row.name === name && row.service !== service);
    const isTwin = twin?.value === value && twin.why === why;
    if (isTwin && service !== services[0]) return [];
    return [[`\`${name}\``, isTwin ? "both" : `\`${service}\``, value, why]];
  });
  return markdownTable([["variable", "container", "value there", "why"], ...merged]);
}

const services: readonly [Service, Service] = ["inference", "media-server"];

/** @returns null where the operator's value or the usual default holds */
function exception(rule: ContainerRule, defaultText: string): string | null {
  switch (rule.type) {
    case "passed-on":
      if (["", defaultText, defaultText.replaceAll("`", "")].includes(rule.fallback)) return null;
      return `yours, else \`${rule.fallback}\``;
    case "fixed":
      return `\`${rule.value}\``;
    case "image":
      return `\`${rule.value}\``;
    case "not-offered":
      return "not passed on";
  }
}
