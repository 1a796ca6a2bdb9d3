/* Builds the pages into the folder that is named: `node build.mjs FOLDER`. Called by hatch_build.py.

   explorer.html     the page without data; the policy already names the digests of its script and style
   explorer-small.html  the same for a page that answers no SPARQL: without the editor
   engine.html       elements to add where the page shall answer SPARQL: the worker and Oxigraph
   vis-network.js    for the page of kg draw
   licences.txt      of all libraries in them

   The same sources give the same bytes: no clock, no path, nothing of this machine. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, "dist");
const libraries = new Set();

/** Leaves modules out: in their place stands what does nothing. */
const without = (names) => ({
  name: "without",
  enforce: "pre",
  load: (id) => (names.some((name) => id.endsWith(name)) ? "export const Editor = () => null;" : null),
});

/** One script and one style sheet from one entry. */
async function bundle(entry, name, left = []) {
  const found = await build({
    configFile: false,
    root: here,
    mode: "production",
    logLevel: "error",
    plugins: [without(left)],
    define: { "process.env.NODE_ENV": '"production"' },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      reportCompressedSize: false,
      rollupOptions: { input: join(here, entry), output: { format: "iife", name, entryFileNames: "main.js" } },
    },
  });
  const parts = { script: "", style: "" };
  for (const part of found.output) {
    if (part.type === "chunk") {
      parts.script += part.code;
      for (const id of Object.keys(part.modules)) {
        const at = id.lastIndexOf("node_modules/");
        if (at < 0) continue;
        const path = id.slice(at + 13).split("/");
        libraries.add(path[0].startsWith("@") ? path.slice(0, 2).join("/") : path[0]);
      }
    } else if (part.fileName.endsWith(".css")) parts.style += String(part.source);
  }
  return parts;
}

/** Script that may stand inside a page: nothing in it ends the element or opens another. */
const inline = (text) => text.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--").trim();
const digest = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const packed = (bytes) => deflateSync(bytes, { level: 9 }).toString("base64");
const module = (...path) => join(here, "node_modules", ...path);

const main = await bundle("src/main.tsx", "kg");
const worker = await bundle("src/worker/worker.ts", "kgWorker");
// Without an engine nobody writes SPARQL, and the editor is more than half of the script.
const small = await bundle("src/main.tsx", "kg", ["/src/views/Editor.tsx"]);

/** The page of a bundle; its policy allows an engine only where there is one. */
function pageOf(made, engine) {
  const script = inline(made.script);
  const style = made.style.trim();
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}${engine ? " 'wasm-unsafe-eval'" : ""}`,
    `style-src ${digest(style)}`,
    ...(engine ? ["worker-src blob:"] : []),
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const marks = { policy, style, script };
  return readFileSync(join(here, "index.html"), "utf8")
    .replaceAll("\r\n", "\n")
    .replace(/<!--build:(\w+)-->/g, (_, name) => marks[name]);
}

// From its parts, not the "standalone" file: that one injects a style sheet, which the policy would refuse.
const vis = await bundle("src/vis.ts", "vis");
libraries.add("oxigraph");
const licences = [...libraries].sort().map((name) => {
  const about = JSON.parse(readFileSync(module(name, "package.json"), "utf8"));
  const files = readdirSync(module(name)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const texts = files.map((file) => readFileSync(module(name, file), "utf8").replaceAll("\r\n", "\n").trim());
  return [`${name} ${about.version} (${about.license})`, ...texts].join("\n\n");
});

mkdirSync(folder, { recursive: true });
const write = (name, text) => writeFileSync(join(folder, name), text);
write("explorer.html", pageOf(main, true));
write("explorer-small.html", pageOf(small, false));
write(
  "engine.html",
  [
    `<script type="text/plain" id="data-worker">${inline(worker.script)}</script>`,
    `<script type="text/plain" id="data-engine">${packed(readFileSync(module("oxigraph", "web_bg.wasm")))}</script>`,
    "",
  ].join("\n"),
);
write("vis-network.js", inline(vis.script));
write("licences.txt", `${licences.join("\n\n" + "-".repeat(72) + "\n\n")}\n`);
console.error(`${basename(folder)}: script ${main.script.length >> 10} kB, without engine ${small.script.length >> 10} kB, style ${main.style.length >> 10} kB, worker ${worker.script.length >> 10} kB`);
