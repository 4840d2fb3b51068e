import { createSocket } from "node:dgram";
import { connect, isIP, isIPv6 } from "node:net";
import { connect as connectTls } from "node:tls";
import type { TurnAddress } from "./turn-address";
import { headBytes, messageLength } from "./turn-message";

/** A conversation with a TURN server: one request, one answer. */
export type TurnDialogue = {
  /** Rejects with the signal's reason, or when the connection is lost. */
  ask(request: Buffer): Promise<Buffer>;
  /** Idempotent. */
  close(): void;
};

/** Interval after which a request by UDP is sent again, in ms. */
const resendMs = 500;

/** Connects to a TURN server. Rejects when it cannot be reached, and with the signal's reason. */
export function dialTurn(address: TurnAddress, signal: AbortSignal): Promise<TurnDialogue> {
  return address.transport === "udp" ? dialUdp(address, signal) : dialStream(address, signal);
}

function dialUdp({ host, port }: TurnAddress, signal: AbortSignal): Promise<TurnDialogue> {
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.connect(port, host, () => {
      resolve({
        ask: (request) =>
          new Promise<Buffer>((answer, fail) => {
            const send = () => {
              socket.send(request);
            };
            const resending = setInterval(send, resendMs);
            const end = () => {
              clearInterval(resending);
            };
            socket.once("message", (bytes) => {
              end();
              answer(bytes);
            });
            socket.once("error", (error) => {
              end();
              fail(error);
            });
            signal.addEventListener("abort", () => {
              end();
              fail(signal.reason as Error);
            });
            send();
          }),
        close: () => {
          socket.removeAllListeners("message");
          socket.close();
        },
      });
    });
  });
}

function dialStream(
  { host, port, transport }: TurnAddress,
  signal: AbortSignal,
): Promise<TurnDialogue> {
  const isSecure = transport === "tls";
  const socket = isSecure
    ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connect({ host, port });
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => {
      socket.destroy(signal.reason as Error);
    });
    socket.once("error", reject);
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      resolve({
        ask: (request) =>
          new Promise<Buffer>((answer, fail) => {
            let received = Buffer.alloc(0);
            const onData = (piece: Buffer) => {
              received = Buffer.concat([received, piece]);
              if (received.length < headBytes || received.length < messageLength(received)) return;
              socket.off("data", onData);
              answer(received);
            };
            socket.on("data", onData);
            socket.once("error", fail);
            socket.once("close", () => {
              fail(new Error("the server closed the connection"));
            });
            socket.write(request);
          }),
        close: () => {
          socket.destroy();
        },
      });
    });
  });
}
