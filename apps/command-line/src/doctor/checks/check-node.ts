import { type Finding, good, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** The floor that the repository's package.json and `scripts/system/require-node.mjs` name. */
export const oldestNode = "20.19";

export function checkNode({ machine }: CheckContext): Finding {
  const { nodeVersion } = machine;
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = oldestNode.split(".").map(Number);
  const isNewEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (isNewEnough) return good("Node", nodeVersion);
  return wrong(
    "Node",
    `${nodeVersion} is too old`,
    `install ${oldestNode} or newer, best 22 or 24`,
  );
}
