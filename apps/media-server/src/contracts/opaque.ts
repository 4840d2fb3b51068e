/** mediasoup's own structures, passed through whole: the engine checks them. */
export type Opaque = Record<string, unknown>;
