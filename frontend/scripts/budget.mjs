// First-load JavaScript (the entry and everything it imports at once) stays within 120 kB gzipped.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const LIMIT = 120_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(await readFile(new URL(".vite/manifest.json", dist), "utf8"));
const first = new Set();
const visit = (name) => {
  if (first.has(name)) return;
  first.add(name);
  for (const other of manifest[name].imports ?? []) visit(other);
};
visit("index.html");
let total = 0;
for (const name of first) {
  const { file } = manifest[name];
  if (file.endsWith(".js")) total += gzipSync(await readFile(new URL(file, dist))).length;
}
console.log(`first load: ${(total / 1000).toFixed(1)} kB of JavaScript, gzipped (limit 120)`);
if (total > LIMIT) process.exit(1);
