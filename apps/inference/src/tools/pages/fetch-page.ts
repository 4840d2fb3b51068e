import { lookup as resolveName, type LookupAddress } from "node:dns";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { AppError } from "@parley/shared/errors";
import type { HostList } from "./host-list";
import { isPublicAddress } from "./public-address";

export type PageRules = {
  hosts: HostList;
  /** Pages of this machine and its own network may be read, too. */
  arePrivateAddressesAllowed: boolean;
};

export type Page = { text: string; mediaType: string; address: string };

const maxRedirects = 5;
/** Limit on a page, in bytes as they are once unpacked. */
const maxBytes = 2_000_000;

/**
 * Reads a page, and whatever it is forwarded to, if the rules allow it. The address that a name
 * resolves to is checked as it is connected to, so that no second answer of a name server slips in.
 *
 * @throws AppError that says why the page cannot be read
 */
export async function fetchPage(address: string, rules: PageRules, signal: AbortSignal) {
  let url = readAddress(address);
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    requireAllowed(url, rules);
    const response = await request(url, rules, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy();
      url = readAddress(headers.location, url);
      continue;
    }
    if (statusCode !== 200) {
      response.destroy();
      throw new AppError("not-found", `The page answers with status ${statusCode}.`);
    }
    return await readPage(response, url);
  }
  throw new AppError("not-found", "The page is forwarded too often.");
}

function readAddress(text: string, base?: URL): URL {
  const whole = base === undefined && !/^[a-z][a-z\d+.-]*:/iu.test(text) ? `https://${text}` : text;
  if (!URL.canParse(whole, base?.href))
    throw new AppError("invalid-request", "That is no address.");
  return new URL(whole, base);
}

function requireAllowed(url: URL, { hosts, arePrivateAddressesAllowed }: PageRules): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new AppError("invalid-request", "Only addresses of http and https can be read.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new AppError("invalid-request", "Addresses with a password are not read.");
  }
  if (!hosts.allows(url)) {
    throw new AppError("operator-only", `Pages of ${url.host} are not allowed here.`);
  }
  // Names are checked as they are resolved, below.
  const literal = url.hostname.replace(/^\[|\]$/gu, "");
  if (isIP(literal) !== 0 && !arePrivateAddressesAllowed && !isPublicAddress(literal)) {
    throw privateAddress();
  }
}

function request(url: URL, rules: PageRules, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const headers = {
      accept: "text/html, text/plain, application/json;q=0.8",
      "accept-encoding": "gzip, br",
      "user-agent": "Parley (reads single pages for people who ask)",
    };
    const options = { signal, headers, agent: false, lookup: checkedLookup(rules) } as const;
    const sent = send(url, options, resolve);
    sent.on("error", (error) => {
      reject(error instanceof AppError ? error : unreachable(error));
    });
    sent.end();
  });
}

/** Resolves names as usual, and fails when one of the addresses is not public. */
function checkedLookup({ arePrivateAddressesAllowed }: PageRules): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const isRefused =
        !arePrivateAddressesAllowed && addresses.some(({ address }) => !isPublicAddress(address));
      const [first] = error === null ? addresses : [];
      if (error !== null) callback(error, "");
      else if (isRefused || first === undefined) callback(privateAddress(), "");
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function readPage(response: IncomingMessage, url: URL): Promise<Page> {
  const type = response.headers["content-type"] ?? "text/html";
  const mediaType = type.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^(?:text\/|application\/(?:xhtml\+xml|json|xml)$)/u.test(mediaType)) {
    response.destroy();
    throw new AppError("invalid-request", `That is no text but ${mediaType.slice(0, 60)}.`);
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of unpacked(response)) {
      chunks.push(chunk);
      bytes += chunk.length;
      // The beginning of a long page is worth something.
      if (bytes > maxBytes) break;
    }
  } catch (error) {
    throw unreachable(error);
  } finally {
    response.destroy();
  }
  const whole = Buffer.concat(chunks).subarray(0, maxBytes);
  return { text: decoded(whole, type), mediaType, address: url.href };
}

function unpacked(response: IncomingMessage): AsyncIterable<Buffer> {
  switch (response.headers["content-encoding"]?.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return piped(response, createGunzip());
    case "br":
      return piped(response, createBrotliDecompress());
    case "deflate":
      return piped(response, createInflate());
    default:
      return response;
  }
}

function piped(response: IncomingMessage, unpacker: Transform): AsyncIterable<Buffer> {
  response.on("error", (error) => {
    unpacker.destroy(error);
  });
  return response.pipe(unpacker);
}

function decoded(bytes: Buffer, type: string): string {
  const inHead = /<meta[^>]{0,200}charset=["']?([\w-]+)/iu.exec(bytes.toString("latin1", 0, 2_000));
  const charset = /charset="?([\w-]+)/iu.exec(type)?.[1] ?? inHead?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function privateAddress(): AppError {
  return new AppError("operator-only", "The page is not in the public network.");
}

function unreachable(error: unknown): AppError {
  return new AppError("not-found", "The page cannot be reached.", { cause: error });
}
