import { executionProviders } from "@parley/speech/runtime/execution-providers";
import type { Adapter } from "@parley/speech/runtime/probe/adapter";
import { chooseProviders, deviceTitle } from "@parley/speech/runtime/probe/choose-providers";
import { given } from "@parley/settings/setting";
import { type Finding, good, remark } from "../finding";
import type { CheckContext } from "../check-context";

const cure = "see docs/gpu.md";

/** Which device hears and which speaks, and why it is no other; models are not loaded. */
export async function checkDevices(context: CheckContext): Promise<Finding[]> {
  const { environment, machine, signal } = context;
  const { adapter, problem } = await machine.findAdapter(environment, signal);
  const hearing = providersIn(environment.RECOGNIZER_PROVIDERS);
  const speaking = providersIn(environment.SYNTHESIZER_PROVIDERS) ?? hearing;
  const findings = [
    deviceFinding("hearing", hearing, adapter),
    deviceFinding("speaking", speaking, adapter),
  ];
  return problem === null ? findings : [remark("GPU_DEVICE", problem, cure), ...findings];
}

function deviceFinding(
  subject: string,
  wanted: ReturnType<typeof providersIn>,
  adapter: Adapter,
): Finding {
  const { providers, reasons } = chooseProviders(wanted, adapter);
  const [first = "cpu", ...others] = providers.map((name) => deviceTitle(name, adapter));
  const behind = others.length === 0 ? "" : `, then ${others.join(", ")}`;
  const isByItself = wanted === undefined && adapter.kind === "card";
  const limits = isByItself ? "; Moonshine and Kokoro on the cpu" : "";
  const message = `computes on ${first}${behind}${limits}`;
  // Without a wish, a machine without a card is as it should be.
  if (reasons.length === 0 || wanted === undefined) {
    return good(subject, [message, ...reasons].join(": "));
  }
  return remark(subject, `${message}: ${reasons.join("; ")}`, cure);
}

/** The providers that a variable names; wrong ones are another check's. */
function providersIn(text: string | undefined) {
  const names = given(text)
    ?.split(",")
    .map((name) => name.trim());
  return names && executionProviders.filter((name) => names.includes(name)).length > 0
    ? names.flatMap((name) => executionProviders.find((known) => known === name) ?? [])
    : undefined;
}
