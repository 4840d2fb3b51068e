import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { serverProcesses } from "../../../e2e/support/processes";
import type { Fault } from "../fault";

const harmMs = 10_000;
/** Descriptors that the media server may still open, and connections that take them. */
const spare = 40;
const connections = 100;

/** Connections that take every descriptor which the media server may have. */
export const noDescriptors: Fault = {
  name: "no-descriptors",
  about: "the media server has no descriptor left for 10 s",
  whyNot: () => {
    try {
      execFileSync("prlimit", ["--version"], { stdio: "ignore" });
      return null;
    } catch {
      return "prlimit (of util-linux) is not installed";
    }
  },
  strike: async ({ port }) => {
    const [id = 0] = serverProcesses("media-server", port);
    const open = readdirSync(`/proc/${id}/fd`).length;
    // The soft limit alone.
    execFileSync("prlimit", [`--pid=${id}`, `--nofile=${open + spare}:`]);
    const sockets = Array.from({ length: connections }, () => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      return socket;
    });
    await delay(harmMs);
    for (const socket of sockets) socket.destroy();
  },
  seen: /not being saved/i,
};
