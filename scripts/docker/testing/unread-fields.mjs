/**
 * Fields of a value that a reader leaves alone: what a validator does not look at, its schema does not
 * know.
 *
 * @param {unknown} value Objects, lists and plain values, as YAML has them.
 * @param {(value: any) => void} read May look at copies of the value's parts, but not keep them.
 * @returns {string[]} Paths such as `spec.template.bogus`.
 */
export function unreadFields(value, read) {
  /** @type {{ path: string, keys: Set<string> }[]} */
  const objects = [];
  /**
   * @param {unknown} part
   * @param {string} path
   * @returns {unknown}
   */
  const watched = (part, path) => {
    if (Array.isArray(part)) return part.map((item, index) => watched(item, `${path}${index}.`));
    if (typeof part !== "object" || part === null) return part;
    const copy = Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [key, watched(inner, `${path}${key}.`)]),
    );
    const keys = new Set(Object.keys(copy));
    objects.push({ path, keys });
    return new Proxy(copy, {
      get(target, key) {
        if (typeof key === "string") keys.delete(key);
        return Reflect.get(target, key);
      },
    });
  };
  read(watched(value, ""));
  return objects.flatMap(({ path, keys }) => [...keys].map((key) => path + key)).sort();
}
