/* Puts back into the graph what was taken out of it to make the page small. Mirrors kg/explorer/packing.py. Pure functions. */

const TEXT = /"\u0001([=~])(\d+)"/g;
const SPAN = /^( {2}:[\w-]+_(\d+)_(\d+) a oh:Mention ;\n(?: {4}.*\n)*?) {4}\u0001\n/gm;
const NUMBER = "^^xsd:nonNegativeInteger";

/** Folded as the graph is searched, for the texts that kg/explorer/packing.py leaves to us. */
export const searched = (text: string): string =>
  text.toLowerCase().normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").split(/\s+/u).filter(Boolean).join(" ");

/** Whole subjects at the beginning of a part of the graph, and the rest: no mark is cut from its own. */
export function cut(part: string): [string, string] {
  const end = part.lastIndexOf("\n  :") + 1;
  return [part.slice(0, end), part.slice(end)];
}

/** A part of the graph with each mark as what it stands for. */
export function restored(part: string, texts: readonly string[]): string {
  if (!part.includes("\u0001")) return part;
  const spans = part.replace(SPAN, (_, before: string, begin: string, end: string) =>
    `${before}    nif:beginIndex "${begin}"${NUMBER} ;\n    nif:endIndex "${end}"${NUMBER} ;\n`);
  return spans.replace(TEXT, (mark, form: string, number: string) => {
    const text = texts[Number(number)];
    if (text === undefined) return mark;
    return JSON.stringify(form === "~" ? searched(text) : text);
  });
}
