type SettingSwitchProps = {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

/** One setting of the own sound, on or off, over the whole width of a dialog. */
export function SettingSwitch({ label, isOn, onChange }: SettingSwitchProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-center justify-between gap-3 text-sm">
      {label}
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        onChange={(event) => {
          onChange(event.target.checked);
        }}
        className="size-5 shrink-0 accent-accent-line"
      />
    </label>
  );
}
