import type { ModelsOverview } from "@parley/shared/protocol/models-api";

type Device = ModelsOverview["machine"]["devices"][number];

const jobs: Readonly<Record<Device["job"], string>> = {
  hear: "Hearing",
  speak: "Speaking",
  think: "Thinking",
  "take-turns": "Turn-taking",
};

/** onnxruntime's short names of devices, as people write them. */
function withNames(text: string): string {
  return text
    .replace(/^cpu$/u, "the processor")
    .replace(/\b(?:webgpu|cuda|cpu)\b/gu, (name) =>
      name === "webgpu" ? "WebGPU" : name.toUpperCase(),
    );
}

/** How much of a model's graphs is computed there, and not on the processor. */
function nodesThere(graphs: NonNullable<Device["graphs"]>): string {
  const shares = graphs.map(({ graph, onDevice, onProcessor }) =>
    onProcessor === 0
      ? `all ${onDevice} of ${graph}`
      : `${onDevice} of ${onDevice + onProcessor} of ${graph}`,
  );
  return `Nodes there: ${shares.join(", ")}.`;
}

/** What the models in use compute on, and why not on something better. */
export function DeviceLines({ devices }: { devices: readonly Device[] }) {
  if (devices.length === 0) return null;
  return (
    <ul className="mb-8 max-w-prose space-y-1 text-ink-soft">
      {devices.map(({ job, title, reason, graphs = [] }) => (
        <li key={job}>
          {jobs[job]} computes on {withNames(title)}.{reason !== null && ` ${withNames(reason)}.`}
          {graphs.length > 0 && ` ${nodesThere(graphs)}`}
        </li>
      ))}
    </ul>
  );
}
