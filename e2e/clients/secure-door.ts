import { createServer, type Server } from "node:tls";
import { connect, type AddressInfo } from "node:net";
import { once } from "node:events";
import { generate } from "selfsigned";

/** TLS in front of a server of this machine: some clients speak nothing else. */
export class SecureDoor {
  /** Certificate that a client has to trust, PEM. */
  readonly certificate: string;
  readonly #server: Server;

  /** @param url of the server behind it */
  static async open(url: string): Promise<SecureDoor> {
    const names = [{ name: "commonName", value: "localhost" }];
    const { private: key, cert } = await generate(names, {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
    });
    const { port } = new URL(url);
    const server = createServer({ key, cert }, (secure) => {
      const plain = connect({ host: "127.0.0.1", port: Number(port) });
      secure.pipe(plain).pipe(secure);
      const end = () => {
        secure.destroy();
        plain.destroy();
      };
      for (const socket of [secure, plain]) socket.on("error", end).on("close", end);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new SecureDoor(server, cert);
  }

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.certificate = certificate;
  }

  /** Its address, up to and including `/v1`. */
  get url(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, "close");
  }
}
