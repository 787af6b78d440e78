// How big is what we ship?
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { sayTable } from "./report.ts";

const SHIPPED = [
  "cli.js",
  "server.js",
  "client.js",
  "web-tree-sitter.wasm",
  "tree-sitter-python.wasm",
  "cinder-locks.vsix",
];

export function saySizes(): void {
  const rows = SHIPPED.map((name) => {
    const path = join("dist", name);
    return [name, existsSync(path) ? `${Math.round(statSync(path).size / 1024)} KB` : "not built"];
  });
  sayTable("Sizes", ["", "size"], rows);
}
