import { ChevronDown, type LucideIcon } from "lucide-react";
import { useId } from "react";

type SelectFieldProps<Value extends string> = {
  label: string;
  icon: LucideIcon;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChoose: (value: Value) => void;
};

/** Styled native `<select>`: it works with every keyboard and on every phone. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, icon: Icon, value, options, onChoose } = props;
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-ink-soft">
        {label}
      </label>
      <div className="relative">
        <Icon
          aria-hidden
          size={18}
          strokeWidth={1.75}
          className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-ink-soft"
        />
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) onChoose(chosen.value);
          }}
          className="min-h-11 w-full appearance-none truncate rounded-xl border border-line-strong bg-raised pr-10 pl-10 text-ink"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          size={16}
          className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 text-ink-soft"
        />
      </div>
    </div>
  );
}
