/* The SPARQL engine, started when somebody first asks, ended and started anew to stop a question. */
import { has, raw } from "../model/data.ts";

export interface Answer {
  columns: string[];
  rows: (Term | null)[][];
  /** Turtle, for CONSTRUCT and DESCRIBE. */
  turtle: string;
  seconds: number;
}

export interface Term {
  type: "uri" | "literal" | "bnode" | string;
  value: string;
  language?: string;
  datatype?: string;
}

interface Message {
  id?: number;
  ready?: number;
  answer?: string;
  construct?: boolean;
  seconds?: number;
  problem?: string;
}

export class Engine {
  private worker: Worker | null = null;
  private ready: Promise<void> | null = null;
  private source = "";
  private parts: { engine: Uint8Array<ArrayBuffer>; graph: Uint8Array<ArrayBuffer> } | null = null;
  private readonly waiting = new Map<number, { done: (answer: Answer) => void; fail: (problem: Error) => void }>();
  private next = 1;
  /** Ends a start that is still under way. */
  private cease: () => void = () => undefined;
  private given: (texts: readonly string[]) => void = () => undefined;
  private readonly texts = new Promise<readonly string[]>((done) => (this.given = done));

  private carried: boolean | null = null;

  /** Does this copy of the page carry an engine? Nobody knows before all of the file is here. */
  get there(): boolean {
    if (this.carried === null && document.readyState !== "loading") this.carried = has("engine") && has("graph") && has("worker");
    return this.carried ?? false;
  }

  /** The passages of the page, whose texts the graph lacks. */
  give(texts: readonly string[]): void {
    this.given(texts);
  }

  /** Load the graph; at once where that was done before. */
  start(): Promise<void> {
    this.ready ??= this.texts.then((texts) => new Promise((done, fail) => {
      this.cease = () => fail(new Error("stopped"));
      this.source ||= document.getElementById("data-worker")?.textContent ?? "";
      this.parts ??= { engine: raw("engine"), graph: raw("graph") };
      const address = URL.createObjectURL(new Blob([this.source], { type: "text/javascript" }));
      const worker = new Worker(address);
      this.worker = worker;
      worker.onerror = (event) => fail(new Error(event.message || "worker"));
      worker.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data.ready !== undefined) {
          URL.revokeObjectURL(address);
          done();
        } else if (data.id === undefined) fail(new Error(data.problem));
        else this.settle(data.id, data);
      };
      worker.postMessage({ ...this.parts, texts });
    }));
    return this.ready;
  }

  private settle(id: number, { answer, construct, seconds, problem }: Message): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (!asked) return;
    if (problem !== undefined || answer === undefined) asked.fail(new Error(problem));
    else asked.done({ ...(construct ? { columns: [], rows: [], turtle: answer } : { ...parsed(answer), turtle: "" }), seconds: seconds ?? 0 });
  }

  async ask(query: string): Promise<Answer> {
    await this.start();
    const id = this.next++;
    return new Promise((done, fail) => {
      this.waiting.set(id, { done, fail });
      this.worker?.postMessage({ id, query });
    });
  }

  /** Ends what runs; the graph is loaded again with the next question. */
  stop(): void {
    this.cease();
    this.worker?.terminate();
    this.worker = null;
    this.ready = null;
    for (const { fail } of this.waiting.values()) fail(new Error("stopped"));
    this.waiting.clear();
  }
}

let only: Engine | null = null;

/** The one engine of this page. */
export const engineOf = (): Engine => (only ??= new Engine());

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Record<string, Term & { "xml:lang"?: string }>[] };
}

/** SPARQL 1.1 results in JSON as columns and rows; ASK has one cell. */
export function parsed(json: string): Pick<Answer, "columns" | "rows"> {
  const { head, boolean, results } = JSON.parse(json) as Results;
  if (boolean !== undefined) return { columns: ["ASK"], rows: [[{ type: "literal", value: String(boolean) }]] };
  const columns = head.vars ?? [];
  const rows = (results?.bindings ?? []).map((row) => columns.map((name) => (Object.hasOwn(row, name) ? row[name] : null)));
  return { columns, rows };
}
