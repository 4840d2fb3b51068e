import { AddressLimiter } from "@parley/admission/address-limiter";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { FastifyReply, FastifyRequest } from "fastify";
import { refuseOtherSites, requireOperator } from "./operator-guard";

/** A few open pages that poll every second; too slow for guessing the operator's key. */
const requestRate = { burst: 40, perSecond: 4 };

/** Admits the operator's requests, and limits those that each address makes. */
export class OperatorAdmission {
  readonly #limiter: AddressLimiter;
  readonly #operatorKey: string | null;

  constructor(options: { operatorKey: string | null; clock: Clock }) {
    this.#limiter = new AddressLimiter(options.clock, requestRate);
    this.#operatorKey = options.operatorKey;
  }

  /** @throws AppError `operator-only` or `too-many-requests` */
  require(request: FastifyRequest, reply: FastifyReply): void {
    reply.header("cache-control", "no-store");
    if (!this.#limiter.take(request.ip)) {
      throw new AppError(
        "too-many-requests",
        "This address asks the operator’s questions too often.",
        {
          isRetryable: true,
        },
      );
    }
    const { headers, socket } = request;
    try {
      requireOperator({ headers, peerAddress: socket.remoteAddress }, this.#operatorKey);
    } catch (error) {
      reply.header("www-authenticate", "Bearer");
      throw error;
    }
  }

  /**
   * As `require`, and refuses pages of other sites, whose requests look local in the operator's own
   * browser.
   *
   * @throws AppError `invalid-request` besides
   */
  requireOwnPage(request: FastifyRequest, reply: FastifyReply): void {
    refuseOtherSites(request.headers, request.host);
    this.require(request, reply);
  }
}
