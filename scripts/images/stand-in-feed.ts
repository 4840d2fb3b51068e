/**
 * A feed on loopback with libraries that stand in for CUDA's, of which nobody can compute with any:
 * says its address, and runs until it is ended.
 */
import { randomBytes } from "node:crypto";
import { readLibraryManifest } from "../../apps/command-line/src/gpu/library-manifest";
import { FakeFeed, packageArchive } from "../../apps/command-line/src/gpu/testing/fake-feed";

const manifest = readLibraryManifest();
if (manifest === null) throw new Error("there are no libraries of CUDA for this kind of machine");
const files = new Map([...manifest.files.keys()].map((path) => [path, randomBytes(40_000)]));
const feed = new FakeFeed(manifest.packageName, manifest.version, packageArchive(files));
await feed.open();
console.log(feed.index);
