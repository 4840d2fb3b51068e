import { createPrivateKey, X509Certificate } from "node:crypto";
import { resolve } from "node:path";
import { given } from "@parley/settings/setting";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

const subject = "TLS_CERT";

/** A certificate with less time left wants to be renewed. */
const soonMs = 14 * 24 * 60 * 60 * 1_000;

/** The certificate of HTTPS and its key, where they are set: readable, a pair, and in force. */
export async function checkCertificate(context: CheckContext): Promise<Finding[]> {
  const certificateFile = given(context.environment.TLS_CERT);
  const keyFile = given(context.environment.TLS_KEY);
  if (certificateFile === undefined && keyFile === undefined) return [];
  if (certificateFile === undefined || keyFile === undefined) {
    const [one, other] = keyFile === undefined ? ["TLS_CERT", "TLS_KEY"] : ["TLS_KEY", "TLS_CERT"];
    return [wrong(one, `is set without ${other}`, `set ${other}, or unset this`)];
  }
  return [await checkPair(certificateFile, keyFile, context)];
}

async function checkPair(
  certificateFile: string,
  keyFile: string,
  { machine, clock }: CheckContext,
): Promise<Finding> {
  const chain = await machine.read(resolve(machine.workingFolder, certificateFile));
  if (chain === null)
    return wrong(subject, `${certificateFile} cannot be read`, "correct TLS_CERT");
  const key = await machine.read(resolve(machine.workingFolder, keyFile));
  if (key === null) return wrong("TLS_KEY", `${keyFile} cannot be read`, "correct TLS_KEY");
  const certificate = parse(() => new X509Certificate(chain));
  if (certificate === null) {
    return wrong(
      subject,
      `${certificateFile} is no certificate`,
      "name a PEM file, chain included",
    );
  }
  const privateKey = parse(() => createPrivateKey(key));
  if (privateKey === null) {
    return wrong("TLS_KEY", `${keyFile} is no private key`, "name a PEM file without a password");
  }
  if (!certificate.checkPrivateKey(privateKey)) {
    return wrong("TLS_KEY", "is not the key of TLS_CERT", "name the files of one pair");
  }
  const until = certificate.validTo;
  const leftMs = Date.parse(until) - clock.now();
  if (leftMs < 0) return wrong(subject, `ended on ${until}`, "renew the certificate");
  if (leftMs < soonMs) return remark(subject, `ends on ${until}`, "renew the certificate");
  return good(subject, `holds until ${until}`);
}

function parse<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
