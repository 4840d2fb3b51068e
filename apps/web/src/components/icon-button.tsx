import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: LucideIcon;
  /** Accessible name, also shown as a tooltip. */
  label: string;
};

/** Small button with only an icon. */
export function IconButton({ icon: Icon, label, className = "", ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-grid size-11 place-items-center rounded-xl text-ink-soft transition-colors hover:bg-raised hover:text-ink ${className}`}
      {...props}
    >
      <Icon aria-hidden size={19} strokeWidth={1.75} />
    </button>
  );
}
