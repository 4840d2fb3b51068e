import type { SessionObserver } from "../contracts/session-observer";

/** Several observers as one; each sees a notice as the one before it left it. */
export function observeTogether(observers: readonly SessionObserver[]): SessionObserver {
  return {
    requested: (request) => {
      for (const observer of observers) observer.requested(request);
    },
    noticed: (notice) => observers.reduce((seen, observer) => observer.noticed(seen), notice),
    closed: () => {
      for (const observer of observers) observer.closed();
    },
  };
}
