/**
 * Ports that containers publish: `published-ports.process.ts HOST:PORT=HOST:PORT …` passes connections
 * on, each from the first address to the second.
 */
import { connect, createServer } from "node:net";

for (const rule of process.argv.slice(2)) {
  const [from = "", to = ""] = rule.split("=");
  const [host, port] = from.split(":");
  const [target = "", targetPort] = to.split(":");
  createServer((outer) => {
    const inner = connect(Number(targetPort), target);
    outer.pipe(inner).pipe(outer);
    for (const [socket, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      socket.on("error", () => other.destroy()).on("close", () => other.destroy());
    }
  }).listen(Number(port), host);
}
