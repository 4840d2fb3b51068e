import type { ReactNode } from "react";
import { useArrivalFocus } from "./use-arrival-focus";

type ErrorScreenProps = { title: string; advice: string; actions: ReactNode };

/** Content of a page that cannot be shown: the reason, advice, and actions. */
export function ErrorScreen({ title, advice, actions }: ErrorScreenProps) {
  const heading = useArrivalFocus();
  return (
    <div role="alert" className="m-auto max-w-md animate-settle py-16 text-center">
      <title>{`${title} · Parley`}</title>
      <h1
        ref={heading}
        tabIndex={-1}
        className="font-serif text-4xl leading-tight text-balance outline-none"
      >
        {title}
      </h1>
      <p className="mt-4 text-lg text-ink-soft text-balance">{advice}</p>
      <div className="mt-8 flex flex-wrap justify-center gap-3">{actions}</div>
    </div>
  );
}
