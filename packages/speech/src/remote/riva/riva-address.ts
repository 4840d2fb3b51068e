/** Whether a machine is reached by gRPC, as Riva and its NIM containers are. */
export function isRiva({ protocol }: URL): boolean {
  return protocol === "grpc:" || protocol === "grpcs:";
}

/** Riva's own port, where the address names none. */
const usualPort = "50051";

export type RivaAddress = {
  /** Host and port, as gRPC wants them. */
  target: string;
  isEncrypted: boolean;
  /** Sent with every call: the address's query, such as `?function-id=…` of NVIDIA's own service. */
  metadata: readonly (readonly [string, string])[];
};

export function rivaAddress(url: URL): RivaAddress {
  const port = url.port === "" ? usualPort : url.port;
  return {
    target: `${url.hostname}:${port}`,
    isEncrypted: url.protocol === "grpcs:",
    metadata: [...url.searchParams],
  };
}
