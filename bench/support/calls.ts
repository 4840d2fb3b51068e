/** What one side of a process or thread boundary can be asked to do. */
export type Calls = Record<string, (request: never) => unknown>;

type Message =
  | { type: "call"; id: number; name: string; request: unknown }
  | { type: "result"; id: number; value: unknown }
  | { type: "error"; id: number; reason: string };

/** Either end of the boundary. */
export type CallPort = {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
};

export type Call<Its extends Calls> = <Name extends keyof Its & string>(
  name: Name,
  request: Parameters<Its[Name]>[0],
) => Promise<Awaited<ReturnType<Its[Name]>>>;

/** Answers the other side's calls, each on its own; what a handler throws goes back as text. */
export function answerCalls(port: CallPort, calls: Calls): void {
  const answer = async ({ id, name, request }: Extract<Message, { type: "call" }>) => {
    try {
      const handler = calls[name];
      if (handler === undefined) throw new TypeError(`there is no call ${name}`);
      port.post({ type: "result", id, value: await handler(request as never) });
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      port.post({ type: "error", id, reason });
    }
  };
  port.listen((message) => {
    const request = message as Message;
    if (request.type === "call") void answer(request);
  });
}

/** @returns how to call the other side, and how to fail whatever is still asked of it. */
export function openCalls<Its extends Calls>(
  port: CallPort,
): { call: Call<Its>; fail: (reason: string) => void } {
  const pending = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  let lastId = 0;
  port.listen((message) => {
    const answer = message as Message;
    const waiting = pending.get(answer.id);
    if (waiting === undefined || answer.type === "call") return;
    pending.delete(answer.id);
    if (answer.type === "result") waiting.resolve(answer.value as never);
    else waiting.reject(new Error(answer.reason));
  });
  return {
    call: (name, request) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve, reject });
        port.post({ type: "call", id: lastId, name, request });
      }),
    fail: (reason) => {
      for (const { reject } of pending.values()) reject(new Error(reason));
      pending.clear();
    },
  };
}
