import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A coturn of a test's own, on loopback, set up as `docker/turnserver.conf` says. */
export type TurnServer = { close(): Promise<void> };

export type TurnServerOptions = {
  program: string;
  environment: NodeJS.ProcessEnv;
  port: number;
  secret: string;
  /** For TLS, at a port of its own. */
  tls?: { port: number; certificateFile: string; keyFile: string };
};

/** Resolves when it takes connections by TCP, and by TLS where that is wanted; it takes none by UDP. */
export async function startTurnServer(options: TurnServerOptions): Promise<TurnServer> {
  const { program, environment, port, secret, tls } = options;
  const folder = mkdtempSync(join(tmpdir(), "parley-turn-"));
  const child = spawn(
    program,
    [
      "-c",
      join(process.cwd(), "docker/turnserver.conf"),
      "--listening-ip=127.0.0.1",
      "--relay-ip=127.0.0.1",
      `--listening-port=${port}`,
      "--no-udp",
      "--allow-loopback-peers",
      "--allowed-peer-ip=127.0.0.1",
      `--static-auth-secret=${secret}`,
      ...(tls === undefined
        ? []
        : [
            `--tls-listening-port=${tls.port}`,
            `--cert=${tls.certificateFile}`,
            `--pkey=${tls.keyFile}`,
          ]),
      `--db=${join(folder, "turn.db")}`,
      `--pidfile=${join(folder, "turn.pid")}`,
    ],
    { env: environment, cwd: folder, stdio: "ignore" },
  );
  const exited = once(child, "exit");
  const ports = tls === undefined ? [port] : [port, tls.port];
  while (!(await Promise.all(ports.map(takesConnections))).every(Boolean)) {
    if (child.exitCode !== null) throw new Error("coturn ended before it was ready");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    close: async () => {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
