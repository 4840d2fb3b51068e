/**
 * An object that does some things its own way, and everything else as another does: what the other
 * has today or gets later is there too, and is asked of it each time.
 *
 * @param own what is done instead
 */
export function overlaid<Target extends object>(target: Target, own: Partial<Target>): Target {
  return new Proxy(target, {
    get: (_target, key) => {
      if (Object.hasOwn(own, key)) return Reflect.get(own, key) as unknown;
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== "function") return value;
      // Private fields are the target's alone.
      return (...input: unknown[]) => Reflect.apply(value, target, input) as unknown;
    },
  });
}
