import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";

/** Address, token and cache of the hub, from the variables of Hugging Face's own tools. */
export type HubSettings = {
  /** Address without a trailing slash. */
  endpoint: string;
  token: string | null;
  /** The folder with `models--organisation--name`. */
  cache: string;
  /** Whether downloads are forbidden. */
  isOffline: boolean;
};

/**
 * Reads `HF_ENDPOINT`, `HF_TOKEN` (or the file that logging in wrote), `HF_HUB_CACHE`, `HF_HOME`
 * and `HF_HUB_OFFLINE`.
 *
 * @throws AppError `invalid-request` when `HF_ENDPOINT` is not an HTTP address
 * @see https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables
 */
export async function readHubSettings(environment: NodeJS.ProcessEnv): Promise<HubSettings> {
  const home = given(environment.HF_HOME) ?? defaultHome(environment);
  const token =
    given(environment.HF_TOKEN) ??
    (await readToken(given(environment.HF_TOKEN_PATH) ?? join(home, "token")));
  return {
    endpoint: readEndpoint(given(environment.HF_ENDPOINT) ?? "https://huggingface.co"),
    token,
    cache: hubCacheDirectory(environment),
    isOffline: /^(?:1|on|yes|true)$/iu.test(environment.HF_HUB_OFFLINE ?? ""),
  };
}

/** The download cache of Hugging Face's tools. */
export function hubCacheDirectory(environment: NodeJS.ProcessEnv): string {
  const home = given(environment.HF_HOME) ?? defaultHome(environment);
  return given(environment.HF_HUB_CACHE) ?? join(home, "hub");
}

function defaultHome(environment: NodeJS.ProcessEnv): string {
  return join(given(environment.XDG_CACHE_HOME) ?? join(homedir(), ".cache"), "huggingface");
}

/** An empty variable counts as unset. */
function given(value: string | undefined): string | null {
  const text = value?.trim() ?? "";
  return text === "" ? null : text;
}

function readEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/u.test(url.protocol)) {
    throw new AppError("invalid-request", `HF_ENDPOINT is not an address: ${text}`);
  }
  return url.href.replace(/\/+$/u, "");
}

async function readToken(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  return given(text);
}
