/** @param pattern a path in which `*` stands for anything but a slash */
export function matchesPattern(path: string, pattern: string): boolean {
  const expression = pattern
    .split("*")
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/gu, "\\$&"))
    .join("[^/]*");
  return new RegExp(`^${expression}$`, "u").test(path);
}
