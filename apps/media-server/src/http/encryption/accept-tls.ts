import type { Server } from "node:http";
import type { Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** PEM texts of a certificate chain and its private key. */
export type TlsCredentials = { cert: Buffer; key: Buffer };

/** First byte of a TLS record with a handshake (RFC 8446, 5.1); HTTP begins with a letter. */
const handshakeByte = 0x16;

/** Time for a connection's first byte and for the handshake: slow mobile networks take seconds. */
const beginningMs = 15_000;

/**
 * Lets a plain HTTP server answer HTTPS too, on the same port: the first byte of each connection
 * tells them apart. So `http://localhost` goes on working where others come in by HTTPS, and
 * whatever is attached to the server (signalling) serves both.
 *
 * @returns ends the connections that the server does not know: those that have not begun, and the
 *   encrypted ones. To be called when the server closes, which would wait for them
 * @throws Error of OpenSSL when certificate and key cannot be read or do not belong together
 */
export function acceptTls(server: Server, credentials: TlsCredentials): () => void {
  const tls = createTlsServer({
    ...credentials,
    ALPNProtocols: ["http/1.1"],
    handshakeTimeout: beginningMs,
  });
  const serve = server.listeners("connection");
  server.removeAllListeners("connection");
  const serveHttp = (socket: Socket) => {
    for (const listener of serve) listener.call(server, socket);
  };
  tls.on("secureConnection", serveHttp);
  // Port scans, and browsers that do not know the certificate yet, break handshakes off.
  tls.on("tlsClientError", (_error, socket) => {
    socket.destroy();
  });

  const unknown = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    const abandon = () => {
      socket.destroy();
    };
    unknown.add(socket);
    socket.once("close", () => unknown.delete(socket));
    socket.setTimeout(beginningMs, abandon);
    socket.on("error", abandon);
    socket.once("readable", () => {
      const beginning: unknown = socket.read(1);
      if (!Buffer.isBuffer(beginning)) {
        abandon();
        return;
      }
      socket.setTimeout(0).off("timeout", abandon).off("error", abandon);
      socket.unshift(beginning);
      if (beginning[0] === handshakeByte) {
        tls.emit("connection", socket);
        return;
      }
      unknown.delete(socket);
      serveHttp(socket);
    });
  });
  return () => {
    for (const socket of unknown) socket.destroy();
  };
}
