import { useId } from "react";

type AgentVolumeProps = {
  /** 0 to 1. */
  volume: number;
  onChange: (volume: number) => void;
};

/** Slider for how loud the agent is here. */
export function AgentVolume({ volume, onChange }: AgentVolumeProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-ink-soft">
        Loudness of the agent
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={5}
        value={Math.round(volume * 100)}
        aria-valuetext={`${Math.round(volume * 100)} %`}
        onChange={(event) => {
          onChange(event.target.valueAsNumber / 100);
        }}
        className="min-h-11 w-full accent-accent-line"
      />
    </div>
  );
}
