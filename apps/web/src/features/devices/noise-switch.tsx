type NoiseSwitchProps = {
  suppressesNoise: boolean;
  onChange: (suppressesNoise: boolean) => void;
};

/** Switch for the browser's noise suppression: it spoils music, and what a headset has cleaned already. */
export function NoiseSwitch({ suppressesNoise, onChange }: NoiseSwitchProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center justify-between gap-3 text-sm">
      Take noise out of my voice
      <input
        type="checkbox"
        role="switch"
        checked={suppressesNoise}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
        className="size-5 shrink-0 accent-accent-line"
      />
    </label>
  );
}
