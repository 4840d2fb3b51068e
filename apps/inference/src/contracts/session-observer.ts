import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";

/** Sees what passes over one agent link, to count or trace it. Nothing is decided by it. */
export type SessionObserver = {
  /** The session took a request. */
  requested(request: LinkRequest): void;
  /** A notice leaves. @returns it, with a trace's context where there is one */
  noticed(notice: LinkNotice): LinkNotice;
  /** The link is gone. */
  closed(): void;
};

/** Called for each link that opens a session; its `session-open` is the first request. */
export type ObserveSession = () => SessionObserver;
