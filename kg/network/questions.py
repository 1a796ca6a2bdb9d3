"""What the network and its page ask of the graph. Every answer has a total order."""

FRAGMENTS = """
SELECT ?fragment ?outcome ?key ?identifier ?status ?round ?confidential WHERE {
  ?fragment oh:reports ?outcome ; oh:key ?key .
  OPTIONAL { ?fragment dcterms:identifier ?identifier }
  OPTIONAL { ?fragment oh:status ?status }
  OPTIONAL { ?fragment oh:harvestRound ?round }
  OPTIONAL { ?fragment oh:confidential ?confidential }
} ORDER BY ?fragment"""

STATEMENTS = """
SELECT ?fragment ?statement ?field ?heading ?text ?language ?narrative WHERE {
  ?fragment oh:hasStatement ?statement .
  ?statement oh:field ?field ; nif:isString ?text .
  BIND(EXISTS { ?statement oh:searchText ?folded } AS ?narrative)
  OPTIONAL { ?statement oh:heading ?heading }
  OPTIONAL { ?statement dcterms:language ?language }
} ORDER BY ?fragment ?statement"""

MENTIONS = """
SELECT ?mention ?statement ?start ?end ?entity ?method ?confidence ?status WHERE {
  ?mention nif:referenceContext ?statement ; nif:beginIndex ?start ; nif:endIndex ?end .
  OPTIONAL { ?mention itsrdf:taIdentRef ?entity }
  OPTIONAL { ?mention oh:method ?method }
  OPTIONAL { ?mention oh:confidence ?confidence }
  OPTIONAL { ?mention oh:status ?status }
} ORDER BY ?mention"""

CLAIMS = """
SELECT ?claim ?agent ?outcome ?role ?statement ?method ?confidence ?mention WHERE {
  ?claim oh:agent ?agent ; oh:inOutcome ?outcome ; oh:role ?role .
  OPTIONAL { ?claim oh:statedIn ?statement }
  OPTIONAL { ?claim oh:method ?method }
  OPTIONAL { ?claim oh:confidence ?confidence }
  OPTIONAL { ?claim prov:wasDerivedFrom ?mention }
} ORDER BY ?claim ?mention"""

LINKS = """
SELECT ?link ?from ?to ?relation ?mention WHERE {
  ?link a oh:OutcomeLink ; oh:from ?from ; oh:to ?to ; oh:relation ?relation .
  OPTIONAL { ?link prov:wasDerivedFrom ?mention }
} ORDER BY ?link ?mention"""

DESCRIBED = """
SELECT ?type ?node ?property ?value (LANG(?value) AS ?language) WHERE {
  VALUES ?type { oh:Outcome oh:Organisation oh:Programme oh:Place oh:HarvestRound
                 oh:SpecificObjective oh:FrameworkOutcome oh:FrameworkOutput
                 oh:ResultsFramework }
  ?node a ?type ; ?property ?value .
} ORDER BY ?type ?node ?property ?value ?language"""

CONCEPTS = """
SELECT ?concept ?scheme ?label (LANG(?label) AS ?language) WHERE {
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label .
  FILTER NOT EXISTS { ?scheme a oh:ResultsFramework }
} ORDER BY ?concept ?scheme ?language ?label"""

PROGRAMMES = """
SELECT DISTINCT ?node ?programme ?label WHERE {
  ?node a oh:FrameworkNode ; skos:inScheme ?scheme .
  ?scheme oh:programme ?programme .
  ?programme rdfs:label ?label .
} ORDER BY ?node ?programme ?label"""

DECLARED = "SELECT DISTINCT ?node WHERE { ?node oh:declared true } ORDER BY ?node"

REASONS = """
SELECT DISTINCT ?fragment ?reason WHERE {
  ?fragment oh:reports ?outcome . ?outcome oh:unlinkedReason ?reason
} ORDER BY ?fragment ?reason"""

REASON_LABELS = """
SELECT ?reason ?label (LANG(?label) AS ?language) WHERE {
  ?reason skos:inScheme ohv:reason ; skos:prefLabel ?label
} ORDER BY ?reason ?label"""

ORIGINS = """
SELECT ?fragment ?file ?row WHERE {
  ?fragment a oh:Fragment ; prov:wasDerivedFrom ?source .
  ?source dcterms:title ?file .
  OPTIONAL { ?fragment oh:rowNumber ?row }
} ORDER BY ?fragment ?file ?row"""

TERMS = """
SELECT DISTINCT ?term WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty rdfs:Class rdf:Property }
  ?term a ?kind . FILTER(isIRI(?term))
} ORDER BY ?term"""

RANKS = """
SELECT ?scheme ?concept ?rank ?label WHERE {
  ?concept skos:inScheme ?scheme ; oh:rank ?rank ; skos:prefLabel ?label .
  FILTER(LANG(?label) = "en")
} ORDER BY ?scheme ?rank ?concept"""

#: What is said of no single fragment.
SHARED = (PROGRAMMES, DECLARED, REASON_LABELS, TERMS, RANKS)
