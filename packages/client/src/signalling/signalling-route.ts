/**
 * Addresses at which a page looks for its room, one after the other: its own server's (null), and
 * those of other servers, once it was told of them.
 */
export class SignallingRoute {
  readonly #ownOrigin: string;
  #addresses: readonly (string | null)[] = [null];
  #current: string | null = null;

  /** @param ownOrigin of the page */
  constructor(ownOrigin: string) {
    this.#ownOrigin = ownOrigin;
  }

  get hasSeveral(): boolean {
    return this.#addresses.length > 1;
  }

  /** Servers that there are. Those that the page cannot connect to are left out. */
  learn(servers: readonly string[]): void {
    const others = servers.filter((server) => this.#isUsable(server));
    const current = this.#current === null ? [] : [this.#current];
    this.#addresses = [null, ...new Set([...current, ...others])];
  }

  /** @returns whether that is another address than the present one */
  moveTo(address: string): boolean {
    const next = new URL(address).origin === this.#ownOrigin ? null : address;
    if (next === this.#current) return false;
    this.#current = next;
    if (!this.#addresses.includes(next)) this.#addresses = [...this.#addresses, next];
    return true;
  }

  /** Goes on to the next address. */
  next(): string | null {
    const index = this.#addresses.indexOf(this.#current) + 1;
    this.#current = this.#addresses[index % this.#addresses.length] ?? null;
    return this.#current;
  }

  get current(): string | null {
    return this.#current;
  }

  /** A page that came encrypted may not connect in plain text, and its own server is known already. */
  #isUsable(server: string): boolean {
    const { origin, protocol } = new URL(server);
    const isEncrypted = this.#ownOrigin.startsWith("https:");
    return origin !== this.#ownOrigin && (!isEncrypted || protocol === "https:");
  }
}
