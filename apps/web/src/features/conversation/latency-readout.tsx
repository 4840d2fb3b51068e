import { useId, useState } from "react";
import { useRoomState } from "../../stores/room-session-context";
import { latencyOf, type LatencyPart } from "./latency";

const shades = ["opacity-100", "opacity-80", "opacity-60", "opacity-45", "opacity-30"];

/** Latency of the last reply; a click shows its parts. */
export function LatencyReadout() {
  const timings = useRoomState((state) => state.timings);
  const delay = useRoomState((state) => state.soundDelay);
  const latency = timings === null ? null : latencyOf(timings, delay);
  const [isOpen, setIsOpen] = useState(false);
  const detailsId = useId();
  if (latency === null) return null;
  return (
    <div className="relative min-w-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setIsOpen(false);
        }}
        className="flex min-h-11 items-center gap-2.5 rounded-lg px-1 text-xs text-ink-soft tabular-nums hover:text-ink"
      >
        <span
          aria-hidden
          className="hidden h-1 w-16 min-[24rem]:flex gap-px overflow-hidden rounded-full"
        >
          {latency.parts.map((part, index) => (
            <span
              key={part.label}
              className={`bg-accent-line ${shades[index % shades.length] ?? ""}`}
              style={{ flexGrow: part.ms }}
            />
          ))}
        </span>
        {delay === null ? "Answered" : "Heard"} after {Math.round(latency.totalMs)} ms
      </button>
      <div
        id={detailsId}
        hidden={!isOpen}
        className="absolute top-full right-0 z-10 w-64 rounded-xl bg-raised p-4 text-xs text-ink-soft shadow-float ring-1 ring-line"
      >
        <p className="mb-2 font-medium text-ink">After the last word</p>
        <Parts parts={latency.parts} />
        <p className="mt-2">
          {delay === null
            ? "Not in it: the way from the microphone and to the player."
            : "Not in it: the buffers of microphone and loudspeaker themselves."}
        </p>
      </div>
    </div>
  );
}

function Parts({ parts }: { parts: readonly LatencyPart[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-1 tabular-nums">
      {parts.map((part) => (
        <div key={part.label} className="contents">
          <dt>{part.label}</dt>
          <dd className="text-right">{Math.round(part.ms)} ms</dd>
        </div>
      ))}
    </dl>
  );
}
