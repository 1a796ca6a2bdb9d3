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

/** Nodes by name, as one group binds them: what a view shows where a filter cannot say it. */
const named = (model: Model, variable: string, nodes: readonly number[]): string =>
  `  VALUES ?${variable} { ${nodes.map((node) => iri(iriOf(model, node))).filter((one) => one !== null).join(" ")} }`;

/** Outcomes of the filters; where something else narrows them (`nodes`), just these. */
const shownOutcomes = (model: Model, filters: Filters, nodes: readonly number[] | null): string =>
  nodes ? `${named(model, "fragment", nodes)}\n  ?fragment oh:reports ?outcome .` : outcomesWhere(model, filters);

/** What Overview counts first: things by their kind. */
export const countsQuery = (model: Model, nodes: readonly number[]): string => {
  const kinds = [...new Set(nodes.map((node) => model.kindOf(node)))];
  const rows = kinds.map((kind) => `  { ${named(model, "thing", nodes.filter((node) => model.kindOf(node) === kind)).trim()} BIND(${literal(kind)} AS ?kind) FILTER EXISTS { ?thing ?is [] } }`);
  return select("?kind (COUNT(DISTINCT ?thing) AS ?things)", rows.join("\n  UNION\n"), "GROUP BY ?kind\nORDER BY ?kind");
};

/** A matrix of Overview: outcomes by two facets; unbound is what is not known. */
export const crossQuery = (model: Model, filters: Filters, nodes: readonly number[] | null, row: string, column: string): string =>
  select(
    `?${row} ?${column} (COUNT(DISTINCT ?outcome) AS ?outcomes)`,
    `${shownOutcomes(model, nodes ? {} : omit(filters, row, column), nodes)}\n${[row, column].map((facet) => narrowed(model, nodes ? {} : filters, facet)).join("\n")}`,
    `GROUP BY ?${row} ?${column}\nORDER BY DESC(?outcomes) ?${row} ?${column}`,
  );

/** The framework of Overview: outcomes linked to each node or to what lies below it. */
export const coverageQuery = (model: Model, filters: Filters, nodes: readonly number[] | null, framework: readonly number[]): string =>
  select(
    "?result (COUNT(DISTINCT ?direct) AS ?linked) (COUNT(DISTINCT ?outcome) AS ?withBelow)",
    `${named(model, "result", framework)}\n  OPTIONAL {\n${shownOutcomes(model, filters, nodes).replace(/^/gm, "  ")}\n    ?outcome oh:contributesTo ?code . ?code skos:broader* ?result .\n    BIND(IF(?code = ?result, ?outcome, ?none) AS ?direct)\n  }`,
    "GROUP BY ?result\nORDER BY ?result",
  );

const omit = (filters: Filters, ...names: string[]): Filters => Object.fromEntries(Object.entries(filters).filter(([name]) => !names.includes(name)));

/** A facet that the query also shows: every value of an outcome that has one of the chosen. */
function narrowed(model: Model, filters: Filters, facet: string): string {
  const shown = valued(facet).map((line) => `  ${line}`).join("\n");
  if (!filters[facet]?.length) return shown;
  const inner = outcomesWhere(model, { [facet]: filters[facet] }).replaceAll(`?${facet}`, `?${facet}Chosen`);
  return `${shown}\n  FILTER EXISTS {\n${inner.replace(/^/gm, "  ")}\n  }`;
}

/** What the table of outcomes lists; `nodes` where more than filters narrows it. */
export const outcomesQuery = (model: Model, filters: Filters, nodes: readonly number[] | null = null): string =>
  select("DISTINCT ?fragment ?title", `${shownOutcomes(model, filters, nodes)}\n  ?outcome rdfs:label ?title .\n  ?fragment oh:reports ?outcome .`, "ORDER BY ?fragment");

/** What the table of other kinds lists: these things, with the outcomes that each is linked to. */
export const listQuery = (model: Model, nodes: readonly number[]): string =>
  select(
    "?thing (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?outcome) AS ?outcomes)",
    `${named(model, "thing", nodes)}
  OPTIONAL { ?thing rdfs:label|skos:prefLabel|oh:reports/rdfs:label ?label FILTER(LANG(?label) IN ("en", "")) }
  OPTIONAL {
    { ?outcome oh:involves|oh:contributesTo|oh:country|oh:changeIn|oh:typeOfChange|^oh:reports/oh:programme ?thing }
    UNION { ?claim oh:agent ?thing ; oh:inOutcome ?outcome }
    UNION { ?thing oh:reports/(^oh:from/oh:to|^oh:to/oh:from) ?outcome }
    ?outcome a oh:Outcome .
  }`,
    "GROUP BY ?thing\nORDER BY DESC(?outcomes) ?name ?thing",
  );

/** What the trace draws: each outcome with the results it is linked to and what stands above. */
export function traceQuery(model: Model, filters: Filters, subject: number | null, nodes: readonly number[] | null = null): string {
  const about = subject === null || nodes ? "" : `\n  ${subjectLine(model, subject)}`;
  return select(
    "DISTINCT ?outcome ?linked ?above ?programme ?reason",
    `${shownOutcomes(model, filters, nodes)}${about}
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

/** Relation of a drawn link → the term of the graph that says it. */
const TERMS: Record<string, string> = {
  "contributes-to": "oh:contributesTo", "change-in": "oh:changeIn", "type-of-change": "oh:typeOfChange", "in-country": "oh:country",
  broader: "skos:broader", "part-of": "org:subOrganizationOf", mentioned: "oh:involves",
};
const termOf = (model: Model, edge: number): string | null =>
  TERMS[model.relationOf(edge)] ?? (/^[\w-]+$/.test(model.relationOf(edge)) ? `ohv:${model.kindOf(model.from[edge]) === "outcome" ? "relation" : "role"}-${model.relationOf(edge)}` : null);

/**
 * What the network draws: claims of roles, names without a role, coded links, what outcomes say of each
 * other, and the framework. `nodes`: what is shown, null for everything. `edges`: the very links, where
 * a slider or the legend leaves some of those between the nodes out.
 */
export function networkQuery(model: Model, nodes: readonly number[] | null, edges: readonly number[] | null): string {
  const links = edges?.map((edge) => [iri(iriOf(model, model.from[edge])), termOf(model, edge), iri(iriOf(model, model.to[edge]))]).filter((link) => link.every((one) => one !== null));
  const these = links ? `  VALUES (?from ?relation ?to) {\n${links.map((link) => `    (${link.join(" ")})`).join("\n")}\n  }\n` : nodes ? `${named(model, "from", nodes)}\n${named(model, "to", nodes)}\n` : "";
  return select(
    "DISTINCT ?from ?relation ?to",
    `${these}  {
    ?claim oh:inOutcome ?in ; oh:agent ?from ; oh:role ?relation . ?to oh:reports ?in
  } UNION {
    VALUES ?relation { oh:involves }
    ?in ?relation ?from . ?to oh:reports ?in FILTER NOT EXISTS { ?some oh:inOutcome ?in ; oh:agent ?from }
  } UNION {
    VALUES ?relation { oh:contributesTo oh:changeIn oh:typeOfChange oh:country }
    ?in ?relation ?to . ?from oh:reports ?in
  } UNION {
    ?link oh:from ?one ; oh:to ?other ; oh:relation ?relation . ?from oh:reports ?one . ?to oh:reports ?other
  } UNION {
    VALUES ?relation { skos:broader org:subOrganizationOf }
    VALUES ?class { oh:FrameworkOutput oh:FrameworkOutcome oh:SpecificObjective oh:Organisation }
    ?from ?relation ?to ; a ?class
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
