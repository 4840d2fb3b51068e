import type { LucideProps } from "lucide-react";
import type { ComponentProps, ComponentType } from "react";

// A transparent border shows in forced colours, which take backgrounds and rings away.
const variants = {
  plain: "border-line-strong bg-raised text-ink group-hover:border-ink-soft",
  ready: "border-transparent bg-raised text-accent-text ring-2 ring-accent-line",
  primary: "border-accent-line bg-accent text-accent-ink group-hover:brightness-105",
  off: "border-warn-text bg-warn-wash text-warn-text",
};

type ControlButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: ComponentType<LucideProps>;
  label: string;
  variant?: keyof typeof variants;
  /** Key that does the same, shown where there is likely a keyboard. */
  shortcut?: string;
};

/** Round button with its label below. */
export function ControlButton({
  icon: Icon,
  label,
  variant = "plain",
  shortcut,
  ...props
}: ControlButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={shortcut}
      title={shortcut === undefined ? undefined : `${label} (${shortcut})`}
      className="group grid max-w-20 min-w-16 flex-1 justify-items-center gap-1.5 rounded-xl py-1 disabled:opacity-45 aria-disabled:cursor-default aria-disabled:opacity-45"
      {...props}
    >
      <span
        className={`grid size-12 place-items-center rounded-full border transition-[background-color,color,box-shadow] ${variants[variant]}`}
      >
        <Icon aria-hidden size={20} strokeWidth={1.75} />
      </span>
      <span className="text-xs font-medium text-ink-soft">
        {label}
        {shortcut !== undefined && (
          <kbd
            aria-hidden
            className="ml-1 hidden rounded border border-line-strong px-1 font-sans text-[0.625rem] pointer-fine:inline"
          >
            {shortcut}
          </kbd>
        )}
      </span>
    </button>
  );
}
