/* May a question be asked of the reduced graph? A property or class stands in it with all of its
   triples or with none (kg/explorer/reduced.py). So a query that names nothing of what was left out,
   and asks for no property and no class by a variable, gets the rows of the whole graph. Any doubt is
   a no. Pure functions. */

const TOKEN = new RegExp(
  [
    /(?<comment>#[^\r\n]*)/u, /(?<iri><[^<>"{}|^`\\\s]*>)/u,
    /(?<string>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')/u,
    /(?<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)/u, /(?<variable>[?$][\p{L}\p{N}_]+)/u, /(?<blank>_:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])/u,
    /(?<name>(?:\p{L}(?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?)?:(?:(?:[\p{L}\p{N}_.:%·-]|\\.)*(?:[\p{L}\p{N}_:%-]|\\.))?)/u,
    /(?<number>[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)/u, /(?<word>[A-Za-z][A-Za-z0-9_]*)/u, /(?<sign>\S)/u,
  ].map((part) => part.source).join("|"),
  "gu",
);

interface Token {
  kind: string;
  text: string;
}

const tokensOf = (query: string): Token[] =>
  [...query.matchAll(TOKEN)].flatMap(({ groups = {} }) =>
    Object.entries(groups).filter(([kind, text]) => text !== undefined && kind !== "comment").map(([kind, text]) => ({ kind, text })));

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const TERMS = new Set(["iri", "name", "variable", "string", "number", "blank"]);

/**
 * What a query needs that the reduced graph lacks: names of `left`, or the sign of what would have to be
 * looked up in the whole graph. Empty: the answer is that of the whole graph.
 */
export function lacks(query: string, left: readonly string[], prefixes: Readonly<Record<string, string>>): string[] {
  const tokens = tokensOf(query);
  const spaces = new Map(Object.entries(prefixes));
  tokens.forEach((token, at) => {
    if (token.kind === "word" && /^prefix$/i.test(token.text) && tokens[at + 2]) spaces.set(tokens[at + 1].text.replace(/:$/, ""), tokens[at + 2].text.slice(1, -1));
  });
  const whole = (token: Token | undefined): string => {
    if (token?.kind === "iri") return token.text.slice(1, -1);
    if (token?.kind !== "name") return "";
    const [prefix] = token.text.split(":", 1);
    return (spaces.get(prefix) ?? `${prefix}:`) + token.text.slice(prefix.length + 1).replaceAll("\\", "");
  };
  const missing = new Map(left.map((name) => [whole({ kind: "name", text: name }), name]));
  const found = new Set<string>();
  // A letter written as its number may be any letter of any name; triples about triples are another language.
  if (/\\[uU]|<</.test(query)) found.add("\\u");
  const constant = (token: Token | undefined): boolean => whole(token) !== "";
  const term = (token: Token | undefined): boolean => Boolean(token && (TERMS.has(token.kind) || /^(true|false)$/i.test(token.text)));
  const groups = groupsOf(tokens);
  const listed = listedIn(tokens, groups, constant);
  const known = (at: number): boolean => listed.has(`${groups[at]} ${tokens[at]?.text.slice(1)}`);
  let listing = false;
  tokens.forEach((token, at) => {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const word = token.kind === "word" ? token.text.toLowerCase() : "";
    if (is(token, "{", "}")) listing = false;
    if (word === "select" || word === "by" || word === "values") listing = true;
    if (word === "describe" || word === "base") found.add(word.toUpperCase());
    const iri = whole(token);
    const name = missing.get(iri);
    if (name && !/^prefix$/i.test(tokens[at - 2]?.text ?? "")) found.add(name);
    if (listing) return;
    if (word === "a" || iri === TYPE) {
      // Any class but constant ones might be one of those left out.
      let next = at + 1;
      while (constant(tokens[next]) && is(tokens[next + 1], ",")) next += 2;
      if (!constant(tokens[next]) && !known(next)) found.add("a ?");
    }
    if (token.kind === "variable" && !known(at)) {
      const ahead = term(after) || is(after, "[", "(");
      if (is(before, ";", "[") ? ahead : (term(before) || is(before, "]")) && ahead) found.add(token.text);
    }
    if (is(token, "!") && !is(after, "=") && (constant(after) || word === "a" || is(after, "^") || (is(after, "(") && (term(before) || is(before, ";", "/", "|", "^"))))) found.add("!");
  });
  return [...found].sort();
}

const is = (token: Token | undefined, ...signs: string[]): boolean => token?.kind === "sign" && signs.includes(token.text);

/** Token → number of the innermost group around it. */
function groupsOf(tokens: readonly Token[]): number[] {
  const open = [0];
  let last = 0;
  return tokens.map((token) => {
    if (is(token, "{")) open.push(++last);
    if (is(token, "}") && open.length > 1) open.pop();
    return open[open.length - 1];
  });
}

/** "Group variable" of each variable that VALUES binds in that very group, to nothing but names. */
function listedIn(tokens: readonly Token[], groups: readonly number[], constant: (token: Token) => boolean): Set<string> {
  const found = new Set<string>();
  tokens.forEach((token, at) => {
    if (token.kind !== "word" || !/^values$/i.test(token.text)) return;
    const begin = tokens.findIndex((one, place) => place > at && is(one, "{"));
    const end = tokens.findIndex((one, place) => place > at && is(one, "}"));
    const names = tokens.slice(at + 1, begin).filter((one) => one.kind === "variable");
    const cells = tokens.slice(begin + 1, end).filter((one) => !is(one, "(", ")"));
    // A literal with a language or a type is more than one token: nothing is sure then.
    if (begin < 0 || end < begin || !names.length || cells.length % names.length || cells.some((one) => !["iri", "name", "string", "number"].includes(one.kind))) return;
    names.forEach((name, column) => {
      if (cells.every((cell, place) => place % names.length !== column || constant(cell))) found.add(`${groups[at]} ${name.text.slice(1)}`);
    });
  });
  return found;
}
