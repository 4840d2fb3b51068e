import type { Diagnosis } from "./diagnose";
import type { SettingState } from "./examine-settings";
import type { Finding } from "./finding";

const marks = { good: "✓", remark: "!", wrong: "✗" } as const;

/** Readable form of a diagnosis; `withDefaults` includes unset settings. */
export function diagnosisText({ settings, findings }: Diagnosis, withDefaults: boolean): string {
  const shown = settings.filter(({ value }) => withDefaults || value !== null);
  const count = findings.filter(({ verdict }) => verdict === "wrong").length;
  const closing = `${["Nothing is", "1 thing is"][count] ?? `${count} things are`} wrong.`;
  return [
    "Settings",
    shown.length === 0
      ? "  none is set: all defaults apply (--all shows them)\n"
      : settingLines(shown),
    "Checks",
    findingLines(findings),
    closing,
    "",
  ].join("\n");
}

function settingLines(settings: readonly SettingState[]): string {
  const width = Math.max(...settings.map(({ name }) => name.length));
  let text = "";
  let heading = "";
  for (const { group, name, value, default: preset } of settings) {
    if (group !== heading) text += `  ${group}\n`;
    heading = group;
    text += `    ${name.padEnd(width)}  ${value ?? `(${preset})`}\n`;
  }
  return text;
}

function findingLines(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  const lines = findings.map(({ verdict, subject, message, cure }) => {
    const line = `  ${marks[verdict]} ${subject.padEnd(width)}  ${message}\n`;
    return cure === null ? line : `${line}    ${" ".repeat(width)}  → ${cure}\n`;
  });
  return lines.join("");
}
