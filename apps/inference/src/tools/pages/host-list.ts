/** Hosts that the operator allows, each as "example.org", "*.example.org", "example.org:8080" or "*". */
export class HostList {
  readonly #patterns: readonly string[];

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map((pattern) => pattern.toLowerCase());
  }

  /** @param url of http or https; a port of its own has to be named in the list */
  allows({ hostname, host }: Pick<URL, "hostname" | "host">): boolean {
    return this.#patterns.some((pattern) => {
      const isWithPort = /:\d+$/u.test(pattern);
      const named = (isWithPort || host === hostname ? host : "").toLowerCase();
      if (named === "") return false;
      if (pattern === "*") return true;
      return pattern.startsWith("*.") ? named.endsWith(pattern.slice(1)) : named === pattern;
    });
  }
}
