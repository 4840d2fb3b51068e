import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { ToolRoomScript } from "../../testing/tool-room";
import { HostList } from "./host-list";
import { isPublicAddress } from "./public-address";
import { readPage } from "./read-page";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A web server on loopback. @returns its port */
async function serve(handler: RequestListener): Promise<number> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function read(
  address: string,
  { hosts, isPrivate = true }: { hosts: string[]; isPrivate?: boolean },
): Promise<string> {
  const rules = { hosts: new HostList(hosts), arePrivateAddressesAllowed: isPrivate };
  return await new ToolRoomScript().call(readPage(rules, hosts), { address });
}

const html =
  (body: string): RequestListener =>
  (_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<!doctype html><html><head><title>T</title><script>evil()</script></head>${body}`,
    );
  };

describe("read_page", () => {
  it("gives the text of the page, and nothing else of it", async () => {
    const port = await serve(
      html(
        "<body><nav>Menu</nav><main><h1>Peas</h1><p>They like it <b>cool</b>. <a href='/x'>More</a></p><style>p{}</style></main><footer>F</footer></body>",
      ),
    );
    const here = `127.0.0.1:${port}`;
    expect(await read(`http://${here}/peas`, { hosts: [here] })).toBe(
      `http://${here}/peas\n\nPeas\n\nThey like it cool. More`,
    );
  });

  it("unpacks, and cuts what is long", async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip" });
      response.end(gzipSync("word ".repeat(1_000_000)));
    });
    const text = await read(`http://127.0.0.1:${port}/`, { hosts: [`127.0.0.1:${port}`] });
    expect(text.length).toBeLessThan(6_200);
    expect(text).toMatch(/\(The page goes on\.\)$/u);
  });

  it.each([
    ["http://127.0.0.1/"],
    ["http://2130706433/"],
    ["http://0x7f.1/"],
    ["http://[::1]/"],
    ["http://[::ffff:127.0.0.1]/"],
    ["http://localhost/"],
    ["http://169.254.169.254/latest/meta-data"],
    ["http://10.0.0.1/"],
  ])("%s is not in the public network", async (address) => {
    expect(await read(address, { hosts: ["*"], isPrivate: false })).toBe(
      "failed: The page is not in the public network.",
    );
  });

  it("does not follow to where it may not go", async () => {
    const inner = await serve(html("<body>secret</body>"));
    const port = await serve((request, response) => {
      const to = request.url === "/file" ? "file:///etc/passwd" : `http://127.0.0.1:${inner}/`;
      response.writeHead(302, { location: to }).end();
    });
    const hosts = [`127.0.0.1:${port}`];
    expect(await read(`http://127.0.0.1:${port}/`, { hosts })).toMatch(/are not allowed here/u);
    expect(await read(`http://127.0.0.1:${port}/file`, { hosts })).toMatch(
      /Only addresses of http/u,
    );
  });

  it("follows only so often", async () => {
    const port = await serve((_request, response) => {
      response.writeHead(301, { location: "/again" }).end();
    });
    const text = await read(`http://127.0.0.1:${port}/`, { hosts: [`127.0.0.1:${port}`] });
    expect(text).toBe("failed: The page is forwarded too often.");
  });

  it.each([
    ["ftp://example.org/", /Only addresses of http/u],
    ["http://user:secret@example.org/", /password/u],
    ["http://other.example.org/", /not allowed here/u],
    ["http://example.org:8080/", /not allowed here/u],
    ["http://", /no address/u],
  ])("%s is refused", async (address, reason) => {
    expect(await read(address, { hosts: ["example.org"] })).toMatch(reason);
  });

  it("reads no pictures, and says with which status a page fails", async () => {
    const port = await serve((request, response) => {
      response.writeHead(request.url === "/p" ? 200 : 404, { "content-type": "image/png" });
      response.end("x");
    });
    const here = `127.0.0.1:${port}`;
    expect(await read(`http://${here}/p`, { hosts: [here] })).toMatch(/no text but image\/png/u);
    expect(await read(`http://${here}/`, { hosts: [here] })).toMatch(/status 404/u);
  });

  it("stops when it is told to", async () => {
    const port = await serve(() => undefined);
    const here = `127.0.0.1:${port}`;
    const tool = readPage({ hosts: new HostList([here]), arePrivateAddressesAllowed: true }, [
      here,
    ]);
    const controller = new AbortController();
    const { room } = new ToolRoomScript();
    const reading = tool.run({ address: `http://${here}/` }, { signal: controller.signal, room });
    controller.abort();
    await expect(reading).rejects.toThrow();
  });
});

describe("HostList", () => {
  it.each([
    ["example.org", "https://example.org/", true],
    ["example.org", "https://EXAMPLE.org/", true],
    ["example.org", "https://example.org:444/", false],
    ["example.org", "https://sub.example.org/", false],
    ["example.org", "https://notexample.org/", false],
    ["*.example.org", "https://a.b.example.org/", true],
    ["*.example.org", "https://example.org/", false],
    ["*.example.org", "https://evilexample.org/", false],
    ["example.org:444", "https://example.org:444/", true],
    ["*", "https://anything.test/", true],
    ["*", "https://anything.test:25/", false],
  ])("%s: %s %s", (pattern, address, isAllowed) => {
    expect(new HostList([pattern]).allows(new URL(address))).toBe(isAllowed);
  });
});

describe("isPublicAddress", () => {
  it.each(["8.8.8.8", "2a00:1450:4001:830::200e"])("%s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.100.0.1"],
    ...["169.254.1.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1"],
    ...["::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "ff02::1", "example.org"],
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
