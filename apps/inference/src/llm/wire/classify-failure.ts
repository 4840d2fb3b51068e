import { z } from "zod";
import type { ChatFailureReason } from "../../contracts/chat-model";
import { ChatFailure } from "../chat-failure";

const faultSchema = z
  .object({
    message: z.unknown(),
    code: z.unknown(),
    type: z.unknown(),
    detail: z.unknown(),
  })
  .partial();

const tooLong =
  /context.{0,20}(?:length|window|size|limit)|context_length|(?:prompt|input|request|message)s?\b.{0,30}\btoo (?:long|large|big)|too many (?:input )?tokens|maximum.{0,40}tokens|exceed.{0,60}(?:tokens|context)|tokens.{0,40}exceed|reduce the length|\bn_ctx\b/iu;
const noModel =
  /model.{0,80}(?:not found|does not exist|not exist|unknown|not available)|unknown model|no such model|try pulling it/iu;
const noCredit =
  /insufficient.{0,3}(?:quota|credit|balance|funds)|billing|payment required|exceeded your current quota/iu;
const badKey =
  /(?:invalid|incorrect|missing|no|expired|unknown|wrong).{0,20}(?:api.?key|token|credential)|unauthori[sz]ed|authentication|permission.denied/iu;
const overloaded =
  /overloaded|rate.?limit|too many requests|at capacity|no slot|queue is full|try again later/iu;
const loading = /loading|warming|starting up|cold start|not ready/iu;

/** vLLM without `--enable-auto-tool-choice`, llama.cpp without `--jinja`, models without tools. */
const noTools = /\btools?\b|\btool.?(?:choice|call)|\bfunction.?call/iu;

const roleOrder =
  /roles? must alternate|alternate user|system role|role.{0,20}system|only user.{0,30}roles|system messages? (?:is|are) not|first (?:message|role|turn).{0,40}user/iu;

/** The server's chat template has no system role, or wants the roles in an order of its own. */
export function wantsOtherRoles({ status, detail }: ChatFailure): boolean {
  return status !== null && status >= 400 && roleOrder.test(detail);
}

/** The server takes no tools: its model has none, or it was started without them. */
export function refusesTools({ status, detail }: ChatFailure): boolean {
  return status !== null && status >= 400 && noTools.test(detail);
}

/** The server does not know how to be asked for counts of tokens. */
export function refusesCounts({ status, detail }: ChatFailure): boolean {
  return status !== null && status >= 400 && /stream_?options|include_?usage/iu.test(detail);
}

/** The server does not go on with an answer that it began; it said so before it wrote any of it. */
export function refusesToContinue({ status, reason }: ChatFailure): boolean {
  return reason === "broken" && status !== null && status >= 400 && status <= 501;
}

/** A server that is still loading its model says so; it is worth asking again. */
export function isLoading(failure: ChatFailure): boolean {
  return failure.status === 503 && loading.test(failure.detail);
}

/** Failure of an answer whose status is not one of success. @param body its text */
export function failureOfStatus(status: number, body: string, headers?: Headers): ChatFailure {
  const detail = faultText(body);
  const reason = reasonOf(status, detail);
  return new ChatFailure(reason, { status, detail, retryAfterMs: retryAfterMs(headers) });
}

/** Failure that a server reports within an answer; null when `value` reports none. */
export function failureWithin(value: unknown): ChatFailure | null {
  if (typeof value !== "object" || value === null) return null;
  const isError = "object" in value && value.object === "error";
  const fault: unknown = "error" in value ? value.error : isError ? value : null;
  if (fault === null || fault === undefined || fault === false) return null;
  const { code } = faultSchema.safeParse(fault).data ?? {};
  const status = Number(code);
  const detail = faultText(JSON.stringify({ error: fault }));
  return new ChatFailure(reasonOf(Number.isInteger(status) ? status : 0, detail), { detail });
}

/** Failure of a connection: refused, unknown host, broken off. */
export function failureOfConnection(error: unknown, hasAnswered: boolean): ChatFailure {
  if (error instanceof ChatFailure) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  const detail = message.includes(code) ? message : `${code} ${message}`;
  return new ChatFailure(hasAnswered ? "broken" : "not-there", { detail, cause: error });
}

function reasonOf(status: number, detail: string): ChatFailureReason {
  if (status === 401 || status === 402 || status === 403) return "unauthorised";
  if (status === 413 || (status < 429 && tooLong.test(detail))) return "too-long";
  if (noCredit.test(detail)) return "unauthorised";
  if ([429, 503, 529].includes(status)) return "busy";
  if (status === 404 || status === 405 || status === 410 || noModel.test(detail))
    return "not-there";
  if (status >= 500) return tooLong.test(detail) ? "too-long" : "broken";
  if (badKey.test(detail)) return "unauthorised";
  return overloaded.test(detail) ? "busy" : "broken";
}

/** The words of a fault, whatever its form: OpenAI's, vLLM's, FastAPI's, a web page's. */
function faultText(body: string): string {
  const parsed = parsedJson(body);
  if (typeof parsed !== "object" || parsed === null) return withoutTags(body);
  const fault: unknown = "error" in parsed ? parsed.error : parsed;
  if (typeof fault === "string") return fault;
  const { message, code, type, detail } = faultSchema.safeParse(fault).data ?? {};
  const parts = [message ?? detail, code, type].filter(
    (part) => part !== undefined && part !== null,
  );
  const words = parts.map((part) =>
    typeof part === "string" || typeof part === "number" ? String(part) : JSON.stringify(part),
  );
  return words.length === 0 ? body : words.join(" ");
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function withoutTags(text: string): string {
  return text.slice(0, 4_000).replace(/<[^<>]{0,300}>/gu, " ");
}

/** `Retry-After` in ms; dates are left aside. */
function retryAfterMs(headers: Headers | undefined): number | null {
  const ms = Number(headers?.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  const seconds = headers?.get("retry-after") ?? "";
  return /^\d+(?:\.\d+)?$/u.test(seconds) ? Number(seconds) * 1_000 : null;
}
