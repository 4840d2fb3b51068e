import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

const variants = {
  plain: "bg-raised text-ink ring-1 ring-line group-hover:ring-line-strong",
  ready: "bg-raised text-accent-text ring-2 ring-accent-line",
  primary: "bg-accent text-accent-ink group-hover:brightness-105",
  off: "bg-warn-wash text-warn-text ring-1 ring-warn-text/40",
};

type ControlButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: LucideIcon;
  label: string;
  variant?: keyof typeof variants;
};

/** Round button with its label below. */
export function ControlButton({
  icon: Icon,
  label,
  variant = "plain",
  ...props
}: ControlButtonProps) {
  return (
    <button
      type="button"
      className="group grid max-w-20 min-w-16 flex-1 justify-items-center gap-1.5 rounded-xl py-1 disabled:opacity-45"
      {...props}
    >
      <span
        className={`grid size-12 place-items-center rounded-full transition-[background-color,color,box-shadow] ${variants[variant]}`}
      >
        <Icon aria-hidden size={20} strokeWidth={1.75} />
      </span>
      <span className="text-xs font-medium text-ink-soft">{label}</span>
    </button>
  );
}
