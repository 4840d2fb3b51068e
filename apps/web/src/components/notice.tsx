import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  calm: "ring-line",
  good: "ring-line",
  warn: "ring-warn-text/40",
};
const iconTones = { calm: "text-accent-text", good: "text-accent-text", warn: "text-warn-text" };

type NoticeProps = {
  icon: LucideIcon;
  tone: keyof typeof tones;
  title: string;
  children?: ReactNode;
  /** Button, where the user can do something. */
  action?: ReactNode;
};

/** Message to the user, with an optional action. */
export function Notice({ icon: Icon, tone, title, children, action }: NoticeProps) {
  return (
    <div
      role={tone === "warn" ? "alert" : "status"}
      className={`flex items-start gap-3 rounded-xl bg-raised px-4 py-3 text-ink ring-1 ${tones[tone]}`}
    >
      <Icon
        aria-hidden
        size={19}
        strokeWidth={1.75}
        className={`mt-0.5 shrink-0 ${iconTones[tone]}`}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children !== undefined && <p className="text-sm text-ink-soft">{children}</p>}
      </div>
      {action}
    </div>
  );
}
