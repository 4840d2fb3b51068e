import { ChevronDown } from "lucide-react";
import type { ModelFamily } from "./model-families";

type FormSelectProps = {
  family: ModelFamily;
  /** Target of the present choice. */
  value: string;
  onChoose: (target: string) => void;
};

/** Native list of a model's forms; nothing where there is but one. */
export function FormSelect({ family: { title, choices }, value, onChoose }: FormSelectProps) {
  if (choices.length < 2) return null;
  return (
    <div className="relative mt-3 max-w-md">
      <select
        aria-label={`Form of ${title}`}
        value={value}
        onChange={(event) => {
          onChoose(event.target.value);
        }}
        className="min-h-11 w-full appearance-none truncate rounded-xl border border-line-strong bg-raised pr-10 pl-3.5 text-sm text-ink"
      >
        {choices.map(({ target, label }) => (
          <option key={target} value={target}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        size={16}
        className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 text-ink-soft"
      />
    </div>
  );
}
