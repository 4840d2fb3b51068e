import { expect, test } from "vitest";
import { trustedProxies } from "./trusted-proxies";

test.each([
  ["true", 1],
  ["False", 0],
  ["2", 2],
  ["10.0.0.0/8, 127.0.0.1", ["10.0.0.0/8", "127.0.0.1"]],
  ["::1,fd00::/8", ["::1", "fd00::/8"]],
])("%s", (written, proxies) => {
  expect(trustedProxies.schema.parse(written)).toEqual(proxies);
});

test.each(["-1", "99", "1.5", "10.0.0.0/33", "proxy.example.org", "10.0.0.1,", "1.2.3.4/8/9"])(
  "%s is refused",
  (written) => {
    expect(trustedProxies.schema.safeParse(written).success).toBe(false);
  },
);
