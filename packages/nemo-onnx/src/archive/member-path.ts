import { ModelError } from "../errors";

/**
 * A member's normalised path: `./a.txt` becomes `a.txt`, and the archive's root (`.`) becomes "".
 *
 * Members are never extracted under their names. A path that would escape is refused nevertheless,
 * because only a malicious archive has one.
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
