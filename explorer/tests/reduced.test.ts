/* Which questions the reduced graph answers as the whole one does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "../src/model/reduced.ts";

const left = ["nif:anchorOf", "oh:method", "oh:Mention"];
const prefixes = { nif: "http://nif/#", oh: "http://oh/#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", skos: "http://skos/#" };
const of = (query: string): string[] => lacks(query, left, prefixes);

test("what names nothing of what is left out is asked", () => {
  for (const query of [
    "SELECT ?o ?t WHERE { ?o a oh:Outcome ; skos:label ?t . FILTER(LANG(?t) = ?x && !BOUND(?y)) } GROUP BY ?o ?t ORDER BY ?o ?t",
    "SELECT * { ?o oh:to/skos:broader* ?c , ?d ; oh:year ?y OPTIONAL { ?o oh:reports ?p } { SELECT ?a ?b ?c WHERE { ?a oh:x ?b } GROUP BY ?a ?b ORDER BY ?b ?c } }",
    "SELECT * { VALUES (?a ?b) { (oh:x oh:y) (oh:z UNDEF) } ?s a oh:Outcome , oh:Other ; oh:role ?a }",
    "SELECT * { { VALUES ?p { oh:a oh:b } ?s ?p ?o } UNION { ?s oh:c ?o } }",
    "SELECT * { ?s oh:c ?o ; a ?class . VALUES (?class ?kind) { (oh:Outcome \"o\") (oh:Other \"p\") } }",
    "ASK { GRAPH ?g { ?s oh:text \"nif:anchorOf ?p ?q oh:method\" } } # oh:Mention ?s ?p ?o",
    "PREFIX method: <http://else/#> SELECT * { ?s method:method ?o FILTER NOT EXISTS { ?s oh:x \"a\"@en } }",
  ])
    assert.deepEqual(of(query), [], query);
});

test("what is left out is found however it is written", () => {
  assert.deepEqual(of("SELECT * { ?m nif:anchorOf ?w }"), ["nif:anchorOf"]);
  assert.deepEqual(of("SELECT * { ?m <http://nif/#anchorOf> ?w }"), ["nif:anchorOf"]);
  assert.deepEqual(of("PREFIX x: <http://oh/#> SELECT * { ?o x:to|^x:method ?w }"), ["oh:method"]);
  assert.deepEqual(of("SELECT * { ?m a/oh:sub oh:Mention }").includes("oh:Mention"), true);
  assert.deepEqual(of("SELECT * { VALUES ?p { oh:method } ?s ?p ?o }"), ["oh:method"]);
  assert.notDeepEqual(of("SELECT * { ?m oh:m\\u0065thod ?w }"), []);
  assert.notDeepEqual(of("BASE <http://oh/> SELECT * { ?m <#method> ?w }"), []);
});

test("what might be left out is doubted", () => {
  for (const query of [
    "SELECT * { ?s ?p ?o }", "SELECT * { oh:a ?p ?o }", "SELECT * { ?s oh:a ?b ; ?p ?o }", "SELECT * { ?s oh:a [ ?p oh:b ] }", "SELECT * { [] ?p 3 }",
    "SELECT * { ?s oh:a ?b . ?b ?p \"x\" }", "SELECT * { ?s a ?class }", "SELECT * { ?s rdf:type ?class }", "SELECT * { ?s a oh:Outcome , ?class }",
    "SELECT * { ?s !oh:a ?o }", "SELECT * { ?s !(oh:a|^oh:b) ?o }", "SELECT * { ?s oh:a/!oh:b ?o }", "DESCRIBE <http://x>",
    "SELECT * { ?s a ?class . VALUES (?class ?kind) { (oh:Outcome 1) (UNDEF 2) } }", "SELECT * { ?s a ?kind . VALUES (?class ?kind) { (oh:Outcome \"o\"@en) } }",
    "SELECT * { { VALUES ?p { oh:a } ?x oh:c ?p } { ?s ?p ?o } }", "SELECT * { << ?s ?p ?o >> oh:a ?b }",
  ])
    assert.notDeepEqual(of(query), [], query);
});
