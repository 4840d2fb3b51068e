import { ModelError } from "../errors";

/**
 * A member's path in one spelling: `./a.txt` and `a.txt` are the same. Empty for the archive's own
 * folder (`.` or `./`).
 *
 * Nothing is ever written under such a name; a path that would escape is refused all the same,
 * because no honest archive holds one.
 *
 * @throws ModelError `refused` for absolute paths, `..`, backslashes and control characters
 */
export function memberPath(archive: string, path: string): string {
  const parts = path.split("/");
  if (
    path.startsWith("/") ||
    parts.includes("..") ||
    /[\\\u0000-\u001f\u007f]|^[a-z]:/i.test(path)
  ) {
    throw new ModelError("refused", `${archive}: forbidden member path ${JSON.stringify(path)}`);
  }
  return parts.filter((part) => part !== "" && part !== ".").join("/");
}
