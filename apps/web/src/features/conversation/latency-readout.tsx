import { useRoomState } from "../../stores/room-session-context";
import { latencyOf } from "./latency";

const shades = ["opacity-100", "opacity-80", "opacity-60", "opacity-45", "opacity-30"];

/** Latency of the last reply and its parts. */
export function LatencyReadout() {
  const timings = useRoomState((state) => state.timings);
  const latency = timings === null ? null : latencyOf(timings);
  if (latency === null) return null;
  const detail = latency.parts.map((part) => `${part.label} ${Math.round(part.ms)} ms`).join(", ");
  return (
    <p
      title={`After the last word: ${detail}`}
      className="flex items-center gap-2.5 text-xs text-ink-soft tabular-nums"
    >
      <span aria-hidden className="flex h-1 w-16 gap-px overflow-hidden rounded-full">
        {latency.parts.map((part, index) => (
          <span
            key={part.label}
            className={`bg-accent-line ${shades[index % shades.length] ?? ""}`}
            style={{ flexGrow: part.ms }}
          />
        ))}
      </span>
      Answered in {Math.round(latency.totalMs)} ms
    </p>
  );
}
