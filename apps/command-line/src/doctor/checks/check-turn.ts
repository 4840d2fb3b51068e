import { turnCredentials } from "@parley/admission/turn-credentials";
import { media } from "@parley/settings/declarations/media";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";
import { readTurnAddress, type TurnAddress } from "../turn/turn-address";
import { allocateRequest, readAnswer, type TurnAnswer } from "../turn/turn-message";

const subject = "TURN_URLS";

/** Limit for all of one server's answers. */
const answerLimitMs = 4_000;
/** Lifetime of the credentials that are tried. */
const lifetimeMs = 60_000;

/** Whether each TURN server gives a relay to whoever has credentials of the shared secret. */
export async function checkTurn(context: CheckContext): Promise<Finding[]> {
  const { environment } = context;
  const urls = media.TURN_URLS.schema.safeParse(environment.TURN_URLS);
  const secret = media.TURN_SECRET.schema.parse(environment.TURN_SECRET);
  const isOnly = media.TURN_ONLY.schema.safeParse(environment.TURN_ONLY).data === true;
  const others = media.ICE_SERVERS.schema.safeParse(environment.ICE_SERVERS).data ?? [];
  if (!urls.success) return [];
  if (urls.data === undefined) {
    if (!isOnly || others.length > 0) return [];
    const message = "media is to go by TURN alone, and there is no TURN server";
    return [wrong("TURN_ONLY", message, "set TURN_URLS and TURN_SECRET, or unset this")];
  }
  if (secret === undefined) return [];
  return await Promise.all(urls.data.map((url) => checkServer(url, secret, context)));
}

async function checkServer(url: string, secret: string, context: CheckContext): Promise<Finding> {
  const address = readTurnAddress(url);
  if (address === null) return remark(subject, `${url} is not tried from here`);
  const { clock, signal } = context;
  const limit = new AbortController();
  const cancel = clock.schedule(answerLimitMs, () => {
    limit.abort(new DOMException("no answer in time", "TimeoutError"));
  });
  try {
    const either = AbortSignal.any([signal, limit.signal]);
    return judge(url, await allocate(address, secret, context, either));
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof Error && "code" in error ? String(error.code) : "no answer";
    if (isCertificateFault(code)) {
      const message = `browsers do not trust the certificate of ${url} (${code})`;
      const cure = "give it one of a known authority for this name, with its chain";
      return wrong(subject, message, cure);
    }
    if (/SSL|EPROTO/.test(code)) {
      const message = `no TLS connection comes about with ${url} (${code})`;
      return wrong(subject, message, "give it a certificate and its key, or correct the address");
    }
    const message = `nothing answers at ${url} (${limit.signal.aborted ? "no answer" : code})`;
    return wrong(subject, message, "start the TURN server, open its port, or correct the address");
  } finally {
    cancel();
    limit.abort();
  }
}

/** Whether OpenSSL, or Node for the name, refuses a certificate; all else is about the connection. */
function isCertificateFault(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code);
}

/** Asks twice: the first answer has what the second request must prove itself by. */
async function allocate(
  address: TurnAddress,
  secret: string,
  { machine, clock }: CheckContext,
  signal: AbortSignal,
): Promise<TurnAnswer | null> {
  const dialogue = await machine.dialTurn(address, signal);
  try {
    const refusal = readAnswer(await dialogue.ask(allocateRequest(null)));
    if (refusal?.realm == null || refusal.nonce === null) return refusal;
    const credentials = turnCredentials({
      secret,
      name: "doctor",
      untilMs: clock.now() + lifetimeMs,
    });
    const { realm, nonce } = refusal;
    return readAnswer(await dialogue.ask(allocateRequest({ ...credentials, realm, nonce })));
  } finally {
    dialogue.close();
  }
}

function judge(url: string, answer: TurnAnswer | null): Finding {
  if (answer === null) {
    return wrong(subject, `${url} answers, but not as TURN does`, "correct the address");
  }
  if (answer.isSuccess) return good(subject, `${url} relays`);
  const { errorCode } = answer;
  if (errorCode === 401) {
    const cure = "set TURN_SECRET to coturn's static-auth-secret, and its use-auth-secret";
    return wrong("TURN_SECRET", `${url} refuses what is made of it`, cure);
  }
  const message = `${url} gives no relay${errorCode === null ? "" : ` (error ${errorCode})`}`;
  return wrong(subject, message, "look at the TURN server's log");
}
