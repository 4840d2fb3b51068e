import { chatModel } from "@parley/settings/declarations/chat-model";
import { z } from "zod";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Limit for the beginning of an answer; a server that loads its model needs longer. */
const answerLimitMs = 20_000;
/** A first token that comes later than this makes a conversation slow. */
const promptMs = 1_500;
/** Of an answer, as much as may hold a token: characters. */
const maxPiece = 10_000;
/** Limit on what is shown of a server's own words, in characters. */
const maxWords = 200;

const faultSchema = z.object({ message: z.string() });
const bodySchema = z.union([
  z.object({ error: z.union([faultSchema, z.string()]) }).transform(({ error }) => error),
  z.object({ detail: z.string() }).transform(({ detail }) => detail),
  faultSchema,
]);

/** Whether the chat server answers, and how soon: it is asked for one short answer. */
export async function checkChatModel(context: CheckContext): Promise<Finding[]> {
  const { environment, machine, clock, signal } = context;
  const address = chatModel.LLM_BASE_URL.schema.safeParse(environment.LLM_BASE_URL);
  if (!address.success || address.data === undefined) return [];
  const model = chatModel.LLM_MODEL.schema.parse(environment.LLM_MODEL);
  const key = chatModel.LLM_API_KEY.schema.parse(environment.LLM_API_KEY);
  const extra = chatModel.LLM_EXTRA_BODY.schema.safeParse(environment.LLM_EXTRA_BODY);
  const limit = new AbortController();
  const cancel = clock.schedule(answerLimitMs, () => {
    limit.abort();
  });
  const askedAtMs = clock.now();
  try {
    const url = `${address.data.replace(/\/+$/u, "")}/chat/completions`;
    const response = await machine.fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({
        model,
        messages: [{ role: "user", content: "Hello." }],
        stream: true,
        ...extra.data,
      }),
      signal: AbortSignal.any([signal, limit.signal]),
    });
    if (!isAnswer(response)) return [await judge(response, model, key)];
    const hasToken = await waitForToken(response);
    return [promptness(model, hasToken ? clock.now() - askedAtMs : null)];
  } catch (error) {
    signal.throwIfAborted();
    if (limit.signal.aborted) {
      const message = `no answer within ${answerLimitMs / 1_000} s`;
      return [remark("LLM_BASE_URL", message, "it may be loading its model; look at its log")];
    }
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
    const message = `nothing answers at ${new URL(address.data).host}${code}`;
    return [wrong("LLM_BASE_URL", message, "start the chat server, or correct the address")];
  } finally {
    cancel();
    // Ends the answer, which nobody reads.
    limit.abort();
  }
}

function isWebPage({ headers }: Response): boolean {
  return /text\/html/iu.test(headers.get("content-type") ?? "");
}

function isAnswer(response: Response): boolean {
  return response.ok && !isWebPage(response);
}

/** Reads the answer up to its first token, one of its reasoning included. @returns whether it has one */
async function waitForToken({ body }: Response): Promise<boolean> {
  if (body === null) return false;
  let text = "";
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text = (text + piece).slice(-maxPiece);
    if (/"(?:content|reasoning|reasoning_content|text)"\s*:\s*"[^"]/u.test(text)) return true;
  }
  return false;
}

/** @param waitedMs wait for the first token; null when there was none */
function promptness(model: string, waitedMs: number | null): Finding {
  if (waitedMs === null) return good("LLM_BASE_URL", `${model} answers`);
  const message = `${model} answers, its first token after ${Math.round(waitedMs)} ms`;
  if (waitedMs <= promptMs) return good("LLM_BASE_URL", message);
  const cure =
    "everybody waits that long at each turn: try again once its model is loaded, else choose a smaller model or a faster machine";
  return remark("LLM_BASE_URL", message, cure);
}

async function judge(response: Response, model: string, key: string | undefined): Promise<Finding> {
  const { status } = response;
  const isPage = isWebPage(response);
  const words = isPage ? "a web page" : serverWords(await response.text().catch(() => ""), key);
  const said = `status ${status}${words === "" ? "" : `: ${words}`}`;
  if (response.ok) {
    return wrong(
      "LLM_BASE_URL",
      "answers with a web page",
      "it must end where the API's `/v1` does",
    );
  }
  if (status === 401 || status === 402 || status === 403) {
    return wrong("LLM_API_KEY", `the chat server refuses it (${said})`, "correct the key");
  }
  if (status === 404) {
    const cure = `see whether the server has ${model}, and whether the address ends in /v1`;
    return wrong("LLM_MODEL", `the chat server does not find it (${said})`, cure);
  }
  if (status === 429 || status === 503) {
    return remark("LLM_BASE_URL", `the chat server is busy (${said})`, "try again later");
  }
  return wrong("LLM_BASE_URL", `the chat server fails (${said})`, "look at its log");
}

/** The server's own words, in one line and without the key. */
function serverWords(text: string, key: string | undefined): string {
  const fault = bodySchema.safeParse(parsedJson(text)).data;
  const words = fault === undefined ? text : typeof fault === "string" ? fault : fault.message;
  const line = words.replace(/\s+/gu, " ").trim().slice(0, maxWords);
  return key === undefined ? line : line.replaceAll(key, "(key)");
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
