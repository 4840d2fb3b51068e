import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { mediaWorkers, signalProcesses } from "./processes";

/**
 * A network between a browser and the test's Parley that can be cut as if a cable were pulled: TCP
 * passes through a proxy that drops its connections and takes no new ones, and the process that
 * carries UDP is frozen.
 */
export type CuttableNetwork = {
  /** Where the page is reached through this network. */
  address: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** @param port the TCP port on this machine that the network leads to */
export async function openCuttableNetwork(port: number): Promise<CuttableNetwork> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((inner) => {
    if (isCut) {
      inner.destroy();
      return;
    }
    const outer = connect(port, "127.0.0.1");
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.pipe(other);
      // A dropped connection is what this proxy is for.
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let frozen: number[] = [];
  const cut = () => {
    isCut = true;
    frozen = mediaWorkers();
    signalProcesses(frozen, "SIGSTOP");
    for (const socket of sockets) socket.destroy();
  };
  const mend = () => {
    isCut = false;
    signalProcesses(frozen, "SIGCONT");
    frozen = [];
  };
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut,
    mend,
    async close() {
      mend();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
