import type { FastifyContextConfig } from "fastify";
import type { z } from "zod";

/** Who is admitted. */
export type Access =
  | "everyone"
  /** Whoever runs Parley: this machine, or the bearer of OPERATOR_KEY. */
  | "operator"
  /** The other server: this machine, or the bearer of INFERENCE_KEY. */
  | "peer"
  /** A collector of metrics: this machine, or the bearer of METRICS_KEY. */
  | "collector";

/** A body by its media types; `bytes` is sound or a file. JSON has its schema. */
export type Content = Readonly<Record<string, z.ZodType | "bytes" | "text">>;

/** Parameters by their names. */
export type Parameters = z.ZodObject<Readonly<Record<string, z.ZodType>>>;

export type Answer = { description: string; content?: Content };

export type OperationDescription = {
  /** Name of the operation, unique within its server: `createRoom`. */
  id: string;
  /** Group that it is shown in. */
  group: string;
  /** A line, without a full stop. */
  summary: string;
  /** What else is to be known; Markdown is not read. */
  description?: string;
  access: Access;
  /** Parameters in the path and in the query, by schemas that the route parses them with. */
  path?: Parameters;
  query?: Parameters;
  body?: { isRequired: boolean; content: Content };
  /** Answers by status; `errors` adds refusals. */
  answers: Readonly<Record<number, Answer>>;
  /** Statuses of refusals, with what each means here. */
  errors?: Readonly<Record<number, string>>;
  /** Name of the refusals' body in the document; `Refusal` unless given. */
  refusal?: string;
};

/** What a route does, for the people and programs that use it. A class, so that it can be told apart. */
export class Operation {
  constructor(readonly described: OperationDescription) {}
}

/** Describes an operation. */
export function operation(described: OperationDescription): Operation {
  return new Operation(described);
}

/** Options of a fastify route that have the operation with them. */
export function documented(operation: Operation): {
  config: FastifyContextConfig & { operation: Operation };
} {
  return { config: { operation } };
}

/** Operation in a route's options; null for a route that is not described. */
export function operationOf(config: unknown): Operation | null {
  if (typeof config !== "object" || config === null || !("operation" in config)) return null;
  return config.operation instanceof Operation ? config.operation : null;
}
