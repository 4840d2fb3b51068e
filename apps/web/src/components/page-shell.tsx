import type { ReactNode } from "react";
import { Link } from "react-router";
import { Wordmark } from "./wordmark";

type PageShellProps = {
  /** Controls at the right end of the header. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Header and frame of the pages outside a room. */
export function PageShell({ aside, children }: PageShellProps) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col px-5 sm:px-8">
      <header className="flex h-18 shrink-0 items-center justify-between">
        <Link to="/" aria-label="Parley, to the start" className="rounded-lg">
          <Wordmark />
        </Link>
        <div className="-mr-3">{aside}</div>
      </header>
      <main className="flex flex-1 flex-col">{children}</main>
    </div>
  );
}
