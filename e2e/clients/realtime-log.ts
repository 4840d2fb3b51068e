type Typed = { type: string };

/** Events that a client of the Realtime API got, for a test to wait for. */
export class RealtimeLog<Event extends Typed> {
  readonly events: Event[] = [];
  #wake: () => void = () => undefined;

  add(event: Event): void {
    this.events.push(event);
    this.#wake();
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  all<Type extends Event["type"]>(type: Type): Extract<Event, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<Event, { type: Type }> => event.type === type,
    );
  }

  /** Resolves with the event of this type that came as number `count`, from 1. */
  async until<Type extends Event["type"]>(
    type: Type,
    count = 1,
  ): Promise<Extract<Event, { type: Type }>> {
    for (;;) {
      const event = this.all(type)[count - 1];
      if (event !== undefined) return event;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
