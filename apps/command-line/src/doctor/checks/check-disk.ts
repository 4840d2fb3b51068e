import { resolve } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { folders } from "@parley/settings/declarations/folders";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";
import { nearestExisting } from "../nearest-existing";

const gigabyte = 1e9;
/** Below this, transcripts of a few days fill what is left. */
const leastBytes = 0.1 * gigabyte;
/** A middling model with its conversion; below this one cannot be had. */
const modelBytes = 4 * gigabyte;

type Place = { subject: string; folder: string; least: number; usual: number; cure: string };

/** Room on the disks of what people made and of what was obtained. */
export async function checkDisk({ environment, machine }: CheckContext): Promise<Finding[]> {
  const data = folders.PARLEY_DATA.schema.parse(environment.PARLEY_DATA);
  const places: Place[] = [
    {
      subject: "disk of PARLEY_DATA",
      folder: resolve(machine.workingFolder, data),
      least: leastBytes,
      usual: gigabyte,
      cure: "make room, or name a folder on another disk with PARLEY_DATA",
    },
    {
      subject: "disk of PARLEY_CACHE",
      folder: cacheDirectory(environment),
      least: 0,
      usual: modelBytes,
      cure: "make room before you download a model, or name another disk with PARLEY_CACHE",
    },
  ];
  const findings = places.map(async ({ subject, folder, least, usual, cure }) => {
    const free = await machine.freeBytes(await nearestExisting(machine, folder));
    if (free === null) return [];
    const message = `${(free / gigabyte).toFixed(1)} GB are free`;
    if (free < least) return [wrong(subject, message, cure)];
    return [free < usual ? remark(subject, message, cure) : good(subject, message)];
  });
  return (await Promise.all(findings)).flat();
}
