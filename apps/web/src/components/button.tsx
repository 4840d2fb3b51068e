import type { ComponentProps } from "react";

const variants = {
  primary:
    "border border-accent-line bg-accent text-accent-ink hover:brightness-105 active:brightness-95",
  plain: "border border-line-strong text-ink hover:bg-raised active:bg-panel",
  quiet: "text-ink-soft hover:bg-raised hover:text-ink",
};

type ButtonProps = ComponentProps<"button"> & { variant?: keyof typeof variants };

/** Button with a text label, optionally after an icon. */
export function Button({ variant = "plain", className = "", ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex min-h-11 items-center justify-center gap-2 rounded-xl px-4 font-medium whitespace-nowrap transition-colors disabled:cursor-default disabled:opacity-55 ${variants[variant]} ${className}`}
      {...props}
    />
  );
}
