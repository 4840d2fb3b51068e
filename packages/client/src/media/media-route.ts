import { z } from "zod";

/** Address at which the server takes sound, as it announced it. */
export type MediaRoute = { address: string; port: number; protocol: "udp" | "tcp" };

const candidateSchema = z.object({
  address: z.string().optional(),
  ip: z.string().optional(),
  port: z.int().positive(),
  protocol: z.enum(["udp", "tcp"]),
});

/** Routes in the ICE candidates of a transport; what is not a candidate is left out. */
export function mediaRoutes(candidates: readonly unknown[]): MediaRoute[] {
  return candidates.flatMap((candidate) => {
    const { data } = candidateSchema.safeParse(candidate);
    const address = data?.address ?? data?.ip;
    if (data === undefined || address === undefined) return [];
    return [{ address, port: data.port, protocol: data.protocol }];
  });
}

/** Routes in words: "10.0.0.7, UDP and TCP port 44444"; addresses are joined by "or". */
export function describeRoutes(routes: readonly MediaRoute[]): string {
  const protocols = new Map<string, Set<string>>();
  for (const { address, port, protocol } of routes) {
    const place = JSON.stringify([address, port]);
    const known = protocols.get(place) ?? new Set();
    protocols.set(place, known.add(protocol.toUpperCase()));
  }
  return [...protocols]
    .map(([place, names]) => {
      const [address, port] = z.tuple([z.string(), z.number()]).parse(JSON.parse(place));
      return `${address}, ${[...names].join(" and ")} port ${port}`;
    })
    .join(" or ");
}
