/* Oxigraph in a worker: loads the graph once, answers SPARQL over the union of all graphs. */
import init, { Store } from "oxigraph/web.js";
import { cut, restored } from "./texts.ts";

interface Start {
  engine: Uint8Array<ArrayBuffer>;
  graph: Uint8Array<ArrayBuffer>;
  /** The passages of the page, for whose texts the graph holds marks. */
  texts: string[];
}
interface Ask {
  id: number;
  query: string;
}

let store: Store | null = null;

const stream = (packed: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
  new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));

async function start({ engine, graph, texts }: Start): Promise<void> {
  await init({ module_or_path: await new Response(stream(engine)).arrayBuffer() });
  // Pieces, not one string: a large graph is longer than a string may be.
  const pieces: Uint8Array[] = [];
  const reader = stream(graph).getReader();
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const [begun, left] = cut(rest + decoder.decode(part.value, { stream: true }));
    rest = left;
    if (begun) pieces.push(encoder.encode(restored(begun, texts)));
  }
  pieces.push(encoder.encode(restored(rest + decoder.decode(), texts)));
  const loaded = new Store();
  loaded.load(pieces, { format: "application/trig", no_transaction: true, lenient: true });
  store = loaded;
  postMessage({ ready: loaded.size });
}

function ask({ id, query }: Ask): void {
  if (!store) return;
  const began = performance.now();
  const construct = /^\s*(?:(?:#[^\n]*\n|prefix\s+[^\s:]*:\s*<[^>]*>|base\s*<[^>]*>)\s*)*(construct|describe)\b/i.test(query);
  const answer = store.query(query, {
    use_default_graph_as_union: true,
    results_format: construct ? "text/turtle" : "application/sparql-results+json",
  });
  postMessage({ id, answer: String(answer), construct, seconds: (performance.now() - began) / 1000 });
}

addEventListener("message", (event: MessageEvent<Start | Ask>) => {
  const { data } = event;
  if ("engine" in data) start(data).catch((problem: unknown) => postMessage({ problem: String(problem) }));
  else
    try {
      ask(data);
    } catch (problem) {
      postMessage({ id: data.id, problem: String(problem) });
    }
});
