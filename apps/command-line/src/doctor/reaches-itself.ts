import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * Whether this machine answers at one of its ports under an address, as seen from itself. It listens
 * there meanwhile, unless something does already.
 *
 * @returns the error code, `ETIMEDOUT` when the signal aborts; null when it answers
 */
export async function reachesItself(
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<string | null> {
  const server = createServer((socket) => socket.destroy());
  server.listen(port);
  // `once` rejects with the error, such as that of a port in use.
  const isListening = await once(server, "listening").then(
    () => true,
    () => false,
  );
  try {
    return await connectionFailure(address, port, signal);
  } finally {
    if (isListening) server.close();
  }
}

function connectionFailure(
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (failure: string | null) => {
      socket.destroy();
      resolve(failure);
    };
    signal.addEventListener("abort", () => {
      end("ETIMEDOUT");
    });
    socket.once("connect", () => {
      end(null);
    });
    socket.once("error", (error) => {
      end("code" in error ? String(error.code) : error.message);
    });
  });
}
