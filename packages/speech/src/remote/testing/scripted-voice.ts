import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

export type Said = { type: string; text?: string; voice?: string };

export type ScriptedVoice = {
  /** Host and port. */
  host: string;
  /** All connections to the WebSocket, in order. */
  connections: { socket: WebSocket; said: Said[]; key: string | undefined }[];
  close(): void;
};

export type VoiceScript = {
  /** Answers HTTP requests; with 404 unless given. */
  http?: (request: IncomingMessage, response: ServerResponse, body: string) => void;
  /** Handles each WebSocket message; see `speakLikeTheBot`. */
  onMessage?: (said: Said, socket: WebSocket) => void;
};

/** Starts a scripted voice server on a free port. */
export async function startScriptedVoice(script: VoiceScript): Promise<ScriptedVoice> {
  const connections: ScriptedVoice["connections"] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      if (script.http === undefined) response.writeHead(404).end();
      else script.http(request, response, body);
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => {
    const said: Said[] = [];
    connections.push({ socket, said, key: request.headers.authorization });
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Said;
      said.push(message);
      script.onMessage?.(message, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Answers as the reference server: without an acknowledgement of `cancel`, and without a rate. */
export function speakLikeTheBot({ type, text = "" }: Said, socket: WebSocket): void {
  const notice = (message: object) => {
    socket.send(JSON.stringify(message));
  };
  if (type === "init") notice({ type: "stream_created", stream_id: "1" });
  if (type === "close") notice({ type: "done", total_audio_ms: 1, segments_generated: 1 });
  if (type !== "text") return;
  // One sample per character; one of them is split between two messages.
  const bytes = Buffer.from(new Int16Array(text.length).fill(text.length).buffer);
  socket.send(bytes.subarray(0, 3));
  socket.send(bytes.subarray(3));
  notice({ type: "segment_complete", segment: 1, audio_ms: 1 });
}
