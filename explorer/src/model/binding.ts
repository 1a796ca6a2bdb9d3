/* Values that people type → terms in a question of the library. Mirrors kg.query.bind. Pure functions. */
import type { Details, Parameter, Question } from "./data.ts";
import { fold } from "./fold.ts";
import type { Model } from "./model.ts";

const XSD = "http://www.w3.org/2001/XMLSchema#";
/** Type of a parameter → kinds of node that it means. */
const KINDS: Record<string, string[]> = {
  fragment: ["outcome"],
  organisation: ["organisation"],
  code: ["result", "output", "objective"],
  objective: ["objective"],
  country: ["place"],
  actor: ["actor"],
};
const FORMS: Record<string, [RegExp, string]> = {
  year: [/^[12][0-9]{3}$/, "gYear"],
  integer: [/^[+-]?[0-9]{1,12}$/, "integer"],
  decimal: [/^[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?$/, "decimal"],
};

export const kindsOf = (type: string): string[] => KINDS[type] ?? [];

/** A string as SPARQL writes it. */
export const literal = (text: string): string =>
  `"${text.replace(/[\\"\n\r\t]/g, (sign) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign] ?? sign)}"`;

export const iri = (text: string): string | null => (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|^`\\]*$/i.test(text) ? `<${text}>` : null);

/** The whole IRI of a node. */
export const iriOf = (model: Model, node: number): string => {
  const id = model.scene.nodes.id[node];
  return /^[a-z][a-z0-9+.-]*:/i.test(id) ? id : model.scene.base + id;
};

/** The nodes that a text means: by label, short name, alias, or the end of an id. */
export function meant(type: string, typed: string, model: Model, details: Details | null): number[] {
  const wanted = fold(typed);
  const { label, short, id } = model.scene.nodes;
  return kindsOf(type).flatMap((kind) => model.ofKind(kind)).filter((node) => {
    const labels = typeof label[node] === "string" ? [label[node]] : Object.values(label[node]);
    const names = [...labels, short[node], ...(details?.search[node] ?? []), id[node], id[node].slice(id[node].lastIndexOf("/") + 1)];
    return names.some((name) => fold(name) === wanted);
  });
}

/** The terms that a typed value means; empty where it means nothing of that type. */
export function termsOf(parameter: Parameter, typed: string, model: Model, details: Details | null): string[] {
  const text = typed.trim();
  if (KINDS[parameter.type]) return meant(parameter.type, text, model, details).map((node) => iri(iriOf(model, node))).filter((term) => term !== null);
  if (parameter.type === "iri") return [iri(text)].filter((term) => term !== null);
  if (parameter.type === "text") return /[\p{L}\p{N}]/u.test(fold(text)) ? [literal(fold(text))] : [];
  const form = FORMS[parameter.type];
  return form?.[0].test(text) ? [`${literal(text.replace(",", "."))}^^<${XSD}${form[1]}>`] : [];
}

/** The question with its values in place. What has no term is absent. */
export function bound(question: Question, terms: Record<string, string[]>, language: string): string {
  const all: Record<string, string[]> = { ...terms, language: [literal(language)] };
  const edits: [number, number, string][] = [];
  for (const [name, start, end, begin, close] of question.holes) {
    const found = all[name] ?? [];
    if (!found.length) edits.push([begin, close, ""]);
    else if (found.length === 1) edits.push([start, end, found[0]]);
    else edits.push([begin, begin, ` VALUES ?_${name} { ${found.join(" ")} } `]);
  }
  // From the end, so that places before stay right; an emptied group swallows what stood in it.
  const once = [...new Map(edits.map((edit) => [edit.join(" "), edit])).values()];
  const emptied = once.filter(([begin, close, text]) => !text && close > begin);
  const kept = once.filter((edit) => emptied.includes(edit) || !emptied.some(([begin, close]) => edit[0] >= begin && edit[1] <= close));
  let text = question.text;
  for (const [from, to, by] of kept.sort((a, b) => b[0] - a[0] || b[1] - a[1])) text = text.slice(0, from) + by + text.slice(to);
  return text;
}

/** The word for which a free query is refused: it would change the graph or ask elsewhere. "" for none. */
export function refused(query: string): string {
  const bare = query.replace(/"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$][\w\p{L}]+|[\w\p{L}-]*:[\w\p{L}-]*/gu, " ");
  const word = bare.match(/\b(service|from|load|insert|delete|clear|create|drop|copy|move|add|with)\b/i);
  return word ? word[0].toUpperCase() : "";
}
