import type { ReactNode, Ref } from "react";

type LobbyLayoutProps = {
  headingRef?: Ref<HTMLHeadingElement>;
  /** The form and what follows it. */
  children?: ReactNode;
  /** The second column; below the first on narrow windows. */
  aside?: ReactNode;
};

/**
 * Frame of the lobby with the words that everybody sees first. The build paints it into index.html
 * (first-paint.ts), so it must not depend on anything that only the browser knows.
 */
export function LobbyLayout({ headingRef, children, aside }: LobbyLayoutProps) {
  return (
    <div className="grid flex-1 content-start items-start gap-x-20 gap-y-14 py-6 sideways:pt-0 lg:grid-cols-[minmax(0,1fr)_24rem] lg:pt-[clamp(2rem,9vh,7rem)] lg:pb-10">
      <div className="max-w-xl min-w-0 sideways:grid sideways:max-w-none sideways:grid-cols-2 sideways:gap-x-10">
        <div>
          <h1
            ref={headingRef}
            tabIndex={-1}
            className="font-serif text-[2.5rem] leading-[1.08] tracking-[-0.015em] text-balance outline-none sm:text-6xl sideways:text-[2.5rem]"
          >
            Talk it over, with an agent in the room.
          </h1>
          <p className="mt-5 max-w-md text-lg text-ink-soft sideways:mt-3 sideways:text-base">
            Open a room, share its link, and speak: everyone hears each other, and the agent
            listens, answers and writes it all down.
          </p>
        </div>
        <div className="min-w-0">{children}</div>
      </div>
      {aside}
    </div>
  );
}
