/* The SPARQL that reproduces a view. Pure functions: the state in, a query out. */
import { iri, iriOf, literal } from "./binding.ts";
import { UNKNOWN, type Filters } from "./facets.ts";
import type { Model } from "./model.ts";

/** Facet → path from an outcome to its value, and what the value is. */
const PATHS: Record<string, [path: string, is: "iri" | "plain" | "concept", classes?: string]> = {
  year: ["oh:year", "plain"],
  round: ["^oh:reports/oh:harvestRound", "concept"],
  country: ["oh:country", "iri"],
  actor: ["oh:changeIn", "iri"],
  change: ["oh:typeOfChange", "iri"],
  significance: ["oh:significanceRating", "concept"],
  contribution: ["oh:contributionRating", "concept"],
  status: ["^oh:reports/oh:status", "concept"],
  objective: ["oh:contributesTo", "iri", "oh:SpecificObjective"],
  framework: ["oh:contributesTo/skos:broader*", "iri", "oh:FrameworkOutcome, oh:FrameworkOutput"],
  unintended: ["oh:unintended", "plain"],
  negative: ["oh:negative", "plain"],
  evidence: ["oh:evidenceStatus", "concept"],
  direct: ["oh:contributesTo", "iri"],
  under: ["oh:contributesTo/skos:broader*", "iri"],
};

/** Lines that bind a facet's value to a variable of that name, where there is one. */
function valued(facet: string): string[] {
  const [path, is, classes] = PATHS[facet];
  const kind = classes ? ` FILTER(${classes.split(", ").map((one) => `EXISTS { ?${facet} a ${one} }`).join(" || ")})` : "";
  if (is !== "concept") return [`OPTIONAL { ?outcome ${path} ?${facet} .${kind} }`];
  return [
    `OPTIONAL { ?outcome ${path} ?${facet}Is . ?${facet}Is skos:prefLabel|rdfs:label ?${facet} FILTER(LANG(?${facet}) IN ("en", "")) }`,
  ];
}

/** The outcomes that pass the filters, as the inside of a group. */
export function outcomesWhere(model: Model, filters: Filters): string {
  const lines = ["?outcome a oh:Outcome ."];
  for (const [facet, chosen] of Object.entries(filters)) {
    if (!chosen.length || !PATHS[facet]) continue;
    lines.push(...valued(facet));
    const known = chosen.filter((value) => value !== UNKNOWN);
    const node = (id: string): string => {
      const place = model.place(id);
      return place < 0 ? literal(id) : `<${iriOf(model, place)}>`;
    };
    const said = PATHS[facet][1] === "iri" ? `?${facet} IN (${known.map(node).join(", ")})` : `STR(?${facet}) IN (${known.map(literal).join(", ")})`;
    const parts = [known.length ? said : "", chosen.includes(UNKNOWN) ? `!BOUND(?${facet})` : ""].filter(Boolean);
    lines.push(`FILTER(${parts.join(" || ")})`);
  }
  return lines.map((line) => `  ${line}`).join("\n");
}

const select = (head: string, body: string, tail: string): string => `SELECT ${head} WHERE {\n${body}\n}\n${tail}`;

/** What Overview counts: actor by type of change. */
export const overviewQuery = (model: Model, filters: Filters): string =>
  select(
    "?actor ?change (COUNT(DISTINCT ?outcome) AS ?outcomes)",
    `${outcomesWhere(model, omit(filters, "actor", "change"))}\n${narrowed(model, filters, "actor", "oh:changeIn")}\n${narrowed(model, filters, "change", "oh:typeOfChange")}`,
    "GROUP BY ?actor ?change\nORDER BY DESC(?outcomes) ?actor ?change",
  );

const omit = (filters: Filters, ...names: string[]): Filters => Object.fromEntries(Object.entries(filters).filter(([name]) => !names.includes(name)));

/** A facet that the query also shows: bound once, filtered where something is chosen. */
function narrowed(model: Model, filters: Filters, facet: string, path: string): string {
  if (!filters[facet]?.length) return `  OPTIONAL { ?outcome ${path} ?${facet} }`;
  return outcomesWhere(model, { [facet]: filters[facet] }).split("\n").slice(1).join("\n");
}

/** What the table of outcomes lists. */
export const outcomesQuery = (model: Model, filters: Filters): string =>
  select("DISTINCT ?fragment ?title", `${outcomesWhere(model, filters)}\n  ?outcome rdfs:label ?title .\n  ?fragment oh:reports ?outcome .`, "ORDER BY ?fragment");

const CLASSES: Record<string, string> = {
  organisation: "oh:Organisation",
  programme: "oh:Programme",
  output: "oh:FrameworkOutput",
  result: "oh:FrameworkOutcome",
  objective: "oh:SpecificObjective",
  place: "oh:Place",
};

/** What the table of another kind lists: what is linked to outcomes that pass. */
export function listQuery(model: Model, filters: Filters, kind: string): string {
  const class_ = CLASSES[kind];
  if (kind === "outcome") return outcomesQuery(model, filters);
  if (!class_) {
    const path = kind === "actor" ? "oh:changeIn" : "oh:typeOfChange";
    return select(`?${kind}Of (COUNT(DISTINCT ?outcome) AS ?outcomes)`, `${outcomesWhere(model, filters)}\n  ?outcome ${path} ?${kind}Of .`, `GROUP BY ?${kind}Of\nORDER BY DESC(?outcomes) ?${kind}Of`);
  }
  return select(
    "?thing ?name (COUNT(DISTINCT ?outcome) AS ?outcomes)",
    `  ?thing a ${class_} . OPTIONAL { ?thing rdfs:label ?name }\n  OPTIONAL {\n${outcomesWhere(model, filters).replace(/^/gm, "  ")}\n    ?outcome oh:involves|oh:contributesTo|oh:country|^oh:reports/oh:programme ?thing .\n  }`,
    "GROUP BY ?thing ?name\nORDER BY DESC(?outcomes) ?name ?thing",
  );
}

/** What the trace draws: each outcome with the results it is linked to and what stands above. */
export function traceQuery(model: Model, filters: Filters, subject: number | null): string {
  const about = subject === null ? "" : `\n  ${subjectLine(model, subject)}`;
  return select(
    "DISTINCT ?outcome ?linked ?above ?programme ?reason",
    `${outcomesWhere(model, filters)}${about}
  OPTIONAL {
    ?outcome oh:contributesTo ?linked . ?linked skos:broader* ?above .
    OPTIONAL { ?above skos:inScheme/oh:programme ?programme }
  }
  OPTIONAL { ?outcome oh:unlinkedReason ?reason }`,
    "ORDER BY ?outcome ?linked ?above ?programme",
  );
}

function subjectLine(model: Model, node: number): string {
  const iri = `<${iriOf(model, node)}>`;
  const kind = model.kindOf(node);
  if (kind === "outcome") return `${iri} oh:reports ?outcome .`;
  if (kind === "organisation") return `?outcome oh:involves ${iri} .`;
  if (kind === "place") return `?outcome oh:country ${iri} .`;
  if (kind === "actor") return `?outcome oh:changeIn ${iri} .`;
  if (kind === "change") return `?outcome oh:typeOfChange ${iri} .`;
  if (kind === "programme") return `?outcome ^oh:reports/oh:programme ${iri} .`;
  return `?outcome oh:contributesTo/skos:broader* ${iri} .`;
}

/** What the network links: claims of roles, coded links, and what outcomes say of each other. */
export function networkQuery(model: Model, filters: Filters, around: number | null): string {
  const about = around === null ? "" : `\n  ${subjectLine(model, around)}`;
  return select(
    "DISTINCT ?from ?relation ?to",
    `${outcomesWhere(model, filters)}${about}
  {
    ?claim oh:inOutcome ?outcome ; oh:agent ?from ; oh:role ?relation . BIND(?outcome AS ?to)
  } UNION {
    VALUES ?relation { oh:contributesTo oh:changeIn oh:typeOfChange oh:country }
    ?outcome ?relation ?to . BIND(?outcome AS ?from)
  } UNION {
    ?link oh:from ?outcome ; oh:to ?to ; oh:relation ?relation . BIND(?outcome AS ?from)
  }`,
    "ORDER BY ?from ?relation ?to",
  );
}

/** All that the graph says of these nodes: outcomes with their claims and links to each other. */
export function selectionQuery(model: Model, prefixes: Record<string, string>, nodes: readonly number[]): string {
  const heads = ["oh"].map((name) => `PREFIX ${name}: <${prefixes[name] ?? ""}>\n`).join("");
  const values = nodes.map((node) => iri(iriOf(model, node))).filter((one) => one !== null).join(" ");
  const nodeIs = `VALUES ?node { ${values} }`;
  return `${heads}CONSTRUCT { ?s ?p ?o } WHERE {
  { ${nodeIs} ?node ?p ?o . BIND(?node AS ?s) }
  UNION { ${nodeIs} ?node oh:reports ?s . ?s ?p ?o }
  UNION { ${nodeIs} ?node oh:reports ?outcome . ?s oh:inOutcome ?outcome ; ?p ?o }
  UNION { ${nodeIs} ?node oh:reports ?outcome . ?s oh:from ?outcome ; ?p ?o }
}`;
}
