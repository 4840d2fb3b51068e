/** Calls listeners for events. A listener that throws stops neither the others nor the caller. */
export class Emitter<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  /** @returns a function that unsubscribes. */
  subscribe(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(event: Event): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        // Rethrown as an uncaught error, after the caller has gone on.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Removes all listeners. */
  clear(): void {
    this.#listeners.clear();
  }
}
