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

/** What the models in use compute on, and why not on something better. */
export function DeviceLines({ devices }: { devices: readonly Device[] }) {
  if (devices.length === 0) return null;
  return (
    <ul className="mb-8 max-w-prose space-y-1 text-ink-soft">
      {devices.map(({ job, title, reason }) => (
        <li key={job}>
          {jobs[job]} computes on {withNames(title)}.{reason !== null && ` ${withNames(reason)}.`}
        </li>
      ))}
    </ul>
  );
}
