import { EventEmitter } from "node:events";
import type { Socket } from "socket.io";
import { expect, test } from "vitest";
import { UnsentBytes } from "./unsent-bytes";

test("counts what waits and what was flushed, until the transport has sent it", () => {
  const polling = new EventEmitter();
  const webSocket = new EventEmitter();
  const connection = Object.assign(new EventEmitter(), { transport: polling });
  const unsent = new UnsentBytes(connection as unknown as Socket["conn"]);

  connection.emit("packetCreate", { type: "message", data: "12345" });
  expect(unsent.count).toBe(5);
  connection.emit("flush");
  connection.emit("packetCreate", { type: "message", data: Buffer.alloc(3) });
  connection.emit("packetCreate", { type: "ping" });
  expect(unsent.count).toBe(8);
  polling.emit("drain");
  expect(unsent.count).toBe(3);

  connection.emit("upgrade", webSocket);
  connection.emit("flush");
  webSocket.emit("drain");
  expect(unsent.count).toBe(0);
  expect(unsent.total).toBe(8);
});
