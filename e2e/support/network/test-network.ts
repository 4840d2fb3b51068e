import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestHost } from "./test-host";

/** Addresses for documentation (RFC 5737, RFC 3849): they are nobody's. */
const network = "192.0.2";
const network6 = "2001:db8:";
/** This program's own. */
const ownAddress = `${network}.254`;

/** Why no hosts can be made on this machine; null where they can. */
export function whyNoNetwork(): string | null {
  if (process.platform !== "linux") return "network namespaces are Linux'";
  try {
    execFileSync("unshare", ["--net", "--mount", "ip", "link", "add", "type", "bridge"], {
      stdio: "pipe",
    });
    execFileSync("nsenter", ["--version"], { stdio: "pipe" });
    return null;
  } catch {
    return "network namespaces are refused here, or iproute2 or util-linux is missing";
  }
}

/**
 * Several hosts on one machine: network namespaces on one switch, which is in a namespace of its own, as
 * is this program (`enterPrivateNetwork`). No packet of theirs passes through the machine's own network,
 * nor gets out. As root on Linux.
 */
export class TestNetwork {
  readonly #prefix: string;
  readonly #folder: string;
  readonly #hosts = new Map<string, TestHost>();

  /** @param names of the hosts, which get the addresses 192.0.2.1 and 2001:db8::1, and so on */
  constructor(names: readonly string[]) {
    this.#prefix = `parley-${process.pid}`;
    this.#folder = mkdtempSync(join(tmpdir(), "parley-network-"));
    try {
      ip("netns", "add", this.#switch);
      ip("-n", this.#switch, "link", "add", "switch", "type", "bridge");
      ip("-n", this.#switch, "link", "set", "switch", "up");
      this.#connect("socket0");
      ip("address", "add", `${ownAddress}/24`, "dev", "eth0");
      ip("link", "set", "eth0", "up");
      for (const [index, name] of names.entries()) this.#add(name, index + 1);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Where this program is reached. */
  get ownAddress(): string {
    return ownAddress;
  }

  host(name: string): TestHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new TypeError(`there is no host ${name}`);
    return host;
  }

  /** Takes all of it away; whatever runs there must have ended. Idempotent. */
  close(): void {
    const namespaces = [...this.#hosts.values()].map(({ namespace }) => namespace);
    for (const namespace of [...namespaces, this.#switch]) {
      try {
        ip("netns", "delete", namespace);
      } catch {
        // It was never made, or is gone already.
      }
    }
    this.#hosts.clear();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #switch(): string {
    return `${this.#prefix}-switch`;
  }

  #add(name: string, number: number): void {
    const namespace = `${this.#prefix}-${name}`;
    const host = new TestHost({
      name,
      namespace,
      address: `${network}.${number}`,
      address6: `${network6}:${number}`,
      socket: { namespace: this.#switch, link: `socket${number}` },
      folder: this.#folder,
    });
    this.#hosts.set(name, host);
    ip("netns", "add", namespace);
    this.#connect(`socket${number}`, namespace);
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "address", "add", `${host.address}/24`, "dev", "eth0");
    ip("-n", namespace, "address", "add", `${host.address6}/64`, "dev", "eth0", "nodad");
    ip("-n", namespace, "link", "set", "eth0", "up");
  }

  /** Lays a cable from the switch to a host, or to this program. */
  #connect(socket: string, namespace: string | null = null): void {
    const place = namespace === null ? [] : ["netns", namespace];
    const other = ["peer", "name", socket, "netns", this.#switch];
    ip("link", "add", "name", "eth0", ...place, "type", "veth", ...other);
    ip("-n", this.#switch, "link", "set", socket, "master", "switch", "up");
  }
}

function ip(...parameters: string[]): void {
  execFileSync("ip", parameters, { stdio: "pipe" });
}
