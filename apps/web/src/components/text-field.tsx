import { useId, type ComponentProps } from "react";

type TextFieldProps = ComponentProps<"input"> & {
  label: string;
  /** Validation message; null when the value is fine. */
  problem?: string | null;
};

/** Labelled text input. Space for the problem is reserved, so that the layout never shifts. */
export function TextField({ label, problem = null, className = "", ...props }: TextFieldProps) {
  const id = useId();
  const problemId = `${id}-problem`;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium text-ink-soft">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        className="min-h-12 w-full rounded-xl border border-line-strong bg-raised px-4 text-base text-ink placeholder:text-ink-soft aria-invalid:border-warn-text"
        {...props}
      />
      <p id={problemId} role="alert" className="min-h-6 pt-1 text-sm text-warn-text">
        {problem}
      </p>
    </div>
  );
}
