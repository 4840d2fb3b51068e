import { join, resolve } from "node:path";
import { given } from "@parley/settings/setting";
import { cacheDirectory } from "@parley/models/cache-directory";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

const subject = "mediasoup worker";

/** The worker that `npm start` would use. It is not run here; `npm start` tests it. */
export async function checkWorker(context: CheckContext): Promise<Finding> {
  const { environment, machine } = context;
  const named = given(environment.MEDIASOUP_WORKER_BIN);
  if (named !== undefined) {
    const binary = resolve(machine.workingFolder, named);
    const isThere = (await machine.kindOf(binary)) === "file" && (await machine.canRun(binary));
    if (isThere) return good(subject, binary);
    const cure = "correct MEDIASOUP_WORKER_BIN, or unset it: npm start then obtains one";
    return wrong(subject, `${binary} is not a program`, cure);
  }
  const versions = await cachedVersions(context);
  if (versions.length > 0) return good(subject, `${versions.join(", ")} in the cache`);
  return remark(subject, "not in the cache yet", "npm start downloads or builds it");
}

/** Versions of mediasoup whose worker for this platform is in the cache. */
async function cachedVersions({ environment, platform, machine }: CheckContext): Promise<string[]> {
  const cache = join(cacheDirectory(environment), "mediasoup-worker");
  const ending = `-${platform}-${machine.architecture}`;
  const file = platform === "win32" ? "mediasoup-worker.exe" : "mediasoup-worker";
  const folders = (await machine.list(cache)).filter((name) => name.endsWith(ending));
  const versions = folders.map(async (folder) => {
    const isThere = (await machine.kindOf(join(cache, folder, file))) === "file";
    return isThere ? [folder.slice(0, -ending.length)] : [];
  });
  return (await Promise.all(versions)).flat();
}
