"""A fictional harvest of realistic size, in the contract's shape. No name in it is real."""

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.vocab import (
    DCTERMS,
    ITSRDF,
    NIF,
    OH,
    OHV,
    ORG,
    PROV,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Names,
    slug,
)

Rows = list[dict[str, str]]
Select = Callable[[str], Rows]

_NAMES = Names()
_COUNTRIES = ("Avalie", "Borea", "Cassine")
_ACTORS = {
    "engaged-citizens": ("Engaged citizens", "Citoyens engagés"),
    "local-authorities": ("Local authorities", "Autorités locales"),
    "national-government": ("National government", "Gouvernement national"),
    "media": ("Media", "Médias"),
    "civil-society": ("Civil society organisations", "Organisations de la société civile"),
    "private-sector": ("Private sector", "Secteur privé"),
    "security-forces": ("Security forces", "Forces de sécurité"),
    "judiciary": ("Judiciary", "Justice"),
}
_CHANGES = {
    "capacity": ("Capacity change", "Changement de capacités"),
    "policy": ("Policy change", "Changement de politique"),
    "practice": ("Change in practice", "Changement de pratique"),
    "safety-and-security": ("Safety and security", "Sûreté et sécurité"),
    "agenda": ("Agenda setting", "Mise à l’ordre du jour"),
}
_BODIES = (
    ("Réseau des Veilleurs de la Savane", "RVS"),
    ("Coalition Avalienne pour la Parole Libre", "CAPL"),
    ("Borean Union of Community Radios", "BUCR"),
    ("Association des Juristes de Cassine", "AJC"),
    ("Women of the Delta Forum", "WDF"),
    ("Observatoire des Marchés Ouverts", "OMO"),
    ("Collectif Jeunesse Debout", "CJD"),
    ("Maison des Femmes de Tamrine", "MFT"),
    ("Shepherds’ Rights League", "SRL"),
    ("Fédération des Écoutants", "FE"),
    ("Free Press Circle of Borea", "FPCB"),
    ("Comité de Vigilance de l’Oued", "CVO"),
    ("Institut Cassinois du Droit", "ICD"),
    ("Northern Legal Aid Desk", "NLAD"),
    ("Plateforme Eau et Terre", "PET"),
    ("Ligue des Artisanes", "LA"),
    ("Harbour Workers’ Assembly", "HWA"),
    ("Alliance pour l’École Publique", "AEP"),
    ("Mission de Médiation de Lorne", "MML"),
    ("Citizens’ Budget Watch", "CBW"),
    ("Réseau des Mairies Ouvertes", "RMO"),
    ("Voix du Fleuve", "VDF"),
    ("Table des Cheffes Coutumières", "TCC"),
    ("Borean Students’ Council", "BSC"),
    ("Éditions du Phare", "EP"),
)
_EVENTS = (
    "the mayor of {town} opened the council's sessions to the public",
    "the ministry of {country} withdrew the draft law on assemblies",
    "twelve community radios of {town} adopted a shared security protocol",
    "la police de {town} a cessé de disperser les réunions pacifiques",
    "le parlement de {country} a inscrit l’accès à l’information à son ordre du jour",
    "market women of {town} filed their first complaint with the ombudsman",
    "the court of {town} released four detained reporters",
    "les chefs coutumiers de {town} ont signé une charte de protection",
)
_TOWNS = ("Tamrine", "Lorne", "Oued Sel", "Port Halia", "Kestrel Bay", "Dunes-Hautes")


def _iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def quads(outcomes: int = 40) -> Iterator[ox.Quad]:
    """The harvest. Everything follows from numbers, so it is the same on every run."""
    shared = _iri(_NAMES.graph("shared"))

    def say(node: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(_iri(node), _iri(predicate), value, shared)

    programme = _NAMES.programme("lantern")
    yield say(programme, f"{RDF}type", _iri(f"{OH}Programme"))
    yield say(programme, f"{RDFS}label", ox.Literal("Lantern"))
    for country in _COUNTRIES:
        place = _NAMES.place(slug(country))
        yield say(place, f"{RDF}type", _iri(f"{OH}Place"))
        yield say(place, f"{RDFS}label", ox.Literal(country))
        framework = _NAMES.framework("lantern", slug(country))
        yield say(framework, f"{RDF}type", _iri(f"{OH}ResultsFramework"))
        yield say(framework, f"{OH}country", _iri(place))
    for scheme, concepts in (("actor", _ACTORS), ("change", _CHANGES)):
        for name, (en, fr) in concepts.items():
            concept = f"{OHV}{scheme}-{name}"
            yield say(concept, f"{SKOS}inScheme", _iri(f"{OHV}{scheme}"))
            yield say(concept, f"{SKOS}prefLabel", ox.Literal(en, language="en"))
            yield say(concept, f"{SKOS}prefLabel", ox.Literal(fr, language="fr"))
    for scheme, name, en, fr in (
        ("significance", "large", "large", "grande"),
        ("significance", "medium", "medium", "moyenne"),
        ("role", "contributor", "contributor", "contributeur"),
        ("role", "social-actor", "social actor", "acteur social"),
        ("role", "mentioned", "mentioned", "mentionné"),
        ("method", "section", "the section it stands in", "la rubrique"),
        ("method", "registry-acronym", "an acronym of the registry", "un sigle du registre"),
        ("method", "code-grammar", "the grammar of codes", "la grammaire des codes"),
        (
            "field",
            "contribution-programme",
            "Contribution of the programme",
            "Contribution du programme",
        ),
        ("field", "description", "Outcome description", "Description de l’incidence"),
        ("field", "significance", "Significance", "Portée"),
        ("mention", "accepted", "accepted", "accepté"),
    ):
        concept = f"{OHV}{scheme}-{name}"
        yield say(concept, f"{SKOS}inScheme", _iri(f"{OHV}{scheme}"))
        yield say(concept, f"{SKOS}prefLabel", ox.Literal(en, language="en"))
        yield say(concept, f"{SKOS}prefLabel", ox.Literal(fr, language="fr"))
    for number, (code, label) in enumerate(
        (
            ("CIV", "Civic space is less restricted"),
            ("ACC", "Public bodies answer for what they do"),
            ("PRO", "People who speak up are protected"),
        )
    ):
        node = _NAMES.objective("lantern", code)
        yield say(node, f"{RDF}type", _iri(f"{OH}SpecificObjective"))
        yield say(node, f"{SKOS}notation", ox.Literal(code))
        yield say(node, f"{SKOS}prefLabel", ox.Literal(label, language="en"))
        country = slug(_COUNTRIES[number])
        framework = _NAMES.framework("lantern", country)
        for part in (1, 2):
            result = _NAMES.node("lantern", country, "1", "outcome", f"{number + 1}.{part}")
            yield say(result, f"{RDF}type", _iri(f"{OH}FrameworkOutcome"))
            yield say(result, f"{SKOS}notation", ox.Literal(f"{number + 1}.{part}"))
            yield say(
                result,
                f"{SKOS}prefLabel",
                ox.Literal(f"Result {part} for {_COUNTRIES[number]}", language="en"),
            )
            yield say(result, f"{SKOS}broader", _iri(node))
            yield say(result, f"{SKOS}inScheme", _iri(framework))
            output = _NAMES.output("lantern", country, "1", f"{number + 1}.{part}.1")
            yield say(output, f"{RDF}type", _iri(f"{OH}FrameworkOutput"))
            yield say(output, f"{SKOS}notation", ox.Literal(f"{number + 1}.{part}.1"))
            yield say(
                output,
                f"{SKOS}prefLabel",
                ox.Literal("Training and protection plans", language="en"),
            )
            yield say(output, f"{SKOS}broader", _iri(result))
            yield say(output, f"{SKOS}inScheme", _iri(framework))
    for label, acronym in _BODIES:
        body = _NAMES.organisation(slug(label))
        yield say(body, f"{RDF}type", _iri(f"{OH}Organisation"))
        yield say(body, f"{RDFS}label", ox.Literal(label))
        yield say(
            body, f"{SKOS}prefLabel", ox.Literal(label, language="fr" if "é" in label else "en")
        )
        yield say(body, f"{OH}acronym", ox.Literal(acronym))
        yield say(body, f"{SKOS}altLabel", ox.Literal(acronym))
    yield say(
        _NAMES.organisation(slug(_BODIES[7][0])),
        f"{ORG}subOrganizationOf",
        _iri(_NAMES.organisation(slug(_BODIES[4][0]))),
    )
    for number in range(outcomes):
        yield from _fragment(number, outcomes, programme)


def _fragment(number: int, outcomes: int, programme: str) -> Iterator[ox.Quad]:
    key = f"lan{number + 1:03}"
    fragment, outcome = _NAMES.fragment(key), _NAMES.outcome(key)
    country = number * 3 // outcomes
    town = _TOWNS[(number * 5 + country) % len(_TOWNS)]
    event = _EVENTS[(number * 7) % len(_EVENTS)].format(town=town, country=_COUNTRIES[country])
    first = _BODIES[(number * number + country * 8) % len(_BODIES)]
    second = _BODIES[(number * 3 + country * 8 + 1) % len(_BODIES)]
    third = _BODIES[(number // 4 + 11) % len(_BODIES)]

    def say(node: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(_iri(node), _iri(predicate), value, _iri(fragment))

    yield say(fragment, f"{RDF}type", _iri(f"{OH}Fragment"))
    yield say(fragment, f"{OH}reports", _iri(outcome))
    yield say(fragment, f"{OH}key", ox.Literal(key))
    yield say(fragment, f"{DCTERMS}identifier", ox.Literal(f"L-2031/{key.upper()}"))
    yield say(fragment, f"{OH}confidential", ox.Literal(number % 5 == 0))
    yield say(outcome, f"{RDF}type", _iri(f"{OH}Outcome"))
    yield say(outcome, f"{RDFS}label", ox.Literal(f"In {2029 + number % 3}, {event}"))
    yield say(
        outcome, f"{OH}year", ox.Literal(str(2029 + number % 3), datatype=_iri(f"{XSD}gYear"))
    )
    yield say(outcome, f"{OH}country", _iri(_NAMES.place(slug(_COUNTRIES[country]))))
    yield say(outcome, f"{OH}negative", ox.Literal(number % 13 == 0))
    yield say(
        outcome,
        f"{OH}significanceRating",
        _iri(f"{OHV}significance-{('large', 'medium')[number % 2]}"),
    )
    actor = list(_ACTORS)[(number * 3) % 8]
    change = list(_CHANGES)[(number * 2 + country) % 5]
    yield say(outcome, f"{OH}changeIn", _iri(f"{OHV}actor-{actor}"))
    yield say(outcome, f"{OH}typeOfChange", _iri(f"{OHV}change-{change}"))
    codes = [f"{country + 1}.{1 + number % 2}", f"{country + 1}.{1 + number % 2}.1"][
        : 1 + number % 2
    ]
    if number % 9 == 4:
        codes = []
    cells = {
        "fragment-id": f"L-2031/{key.upper()}",
        "country": _COUNTRIES[country],
        "year": str(2029 + number % 3),
        "social-actor": _ACTORS[actor][0],
        "type-of-change": _CHANGES[change][0],
        "description": f"In {2029 + number % 3}, {event}. People had asked for this since the "
        f"flood year; “it came late”, they said, but it came ✔︎🙂. {third[0]} was present.",
        "significance": "Before, nobody dared to speak. Now the sessions are full, and "
        "the minutes are read aloud on the radio.",
        "contribution-programme": f"The programme trained mediators. {first[1]} brought the "
        f"parties together and {second[1]} documented what was agreed. Without them there would "
        "have been no session.",
    }
    if codes:
        cells["framework-link"] = ", ".join(codes)
    for field, text in cells.items():
        cell = _NAMES.statement(key, field)
        yield say(fragment, f"{OH}hasStatement", _iri(cell))
        yield say(cell, f"{OH}field", _iri(f"{OHV}field-{field}"))
        yield say(cell, f"{OH}heading", ox.Literal(field.replace("-", " ").capitalize() + " "))
        yield say(cell, f"{NIF}isString", ox.Literal(text))
    for code in codes:
        node = _NAMES.node(
            "lantern",
            slug(_COUNTRIES[country]),
            "1",
            "output" if code.count(".") == 2 else "outcome",
            code,
        )
        yield say(outcome, f"{OH}contributesTo", _iri(node))
        start = cells["framework-link"].index(code)
        yield from _mention(
            say,
            key,
            "framework-link",
            start=start,
            length=len(code),
            entity=node,
            method="code-grammar",
            confidence="1.0",
        )
    if number % 6 != 5:
        yield say(
            outcome,
            f"{OH}contributesTo",
            _iri(_NAMES.objective("lantern", ("CIV", "ACC", "PRO")[country])),
        )
    for (label, acronym), role, field in (
        (first, "contributor", "contribution-programme"),
        (second, "contributor", "contribution-programme"),
        (third, "social-actor", "description"),
    ):
        if number % 3 == 0 and role == "social-actor":
            continue
        body = _NAMES.organisation(slug(label))
        words = acronym if field == "contribution-programme" else label
        start = cells[field].index(words)
        span = _NAMES.mention(key, field, start, start + len(words))
        yield from _mention(
            say,
            key,
            field,
            start=start,
            length=len(words),
            entity=body,
            method="registry-acronym",
            confidence="0.9",
        )
        yield say(outcome, f"{OH}involves", _iri(body))
        claim = _NAMES.participation(key, slug(label), role, field)
        yield from _claim(
            say, claim, agent=body, outcome=outcome, role=role, cell=_NAMES.statement(key, field)
        )
        yield say(claim, f"{PROV}wasDerivedFrom", _iri(span))
    claim = _NAMES.participation(key, "lantern", "contributor", "contribution-programme")
    cell = _NAMES.statement(key, "contribution-programme")
    yield from _claim(say, claim, agent=programme, outcome=outcome, role="contributor", cell=cell)
    if number % 7 == 6:
        link = _NAMES.outcome_link(key, f"lan{number:03}", "builds-on")
        yield say(link, f"{RDF}type", _iri(f"{OH}OutcomeLink"))
        yield say(link, f"{OH}from", _iri(outcome))
        yield say(link, f"{OH}to", _iri(_NAMES.outcome(f"lan{number:03}")))
        yield say(link, f"{OH}relation", _iri(f"{OHV}relation-builds-on"))


def _claim(say, claim, *, agent, outcome, role, cell) -> Iterator[ox.Quad]:
    yield say(claim, f"{RDF}type", _iri(f"{OH}Participation"))
    yield say(claim, f"{OH}agent", _iri(agent))
    yield say(claim, f"{OH}inOutcome", _iri(outcome))
    yield say(claim, f"{OH}role", _iri(f"{OHV}role-{role}"))
    yield say(claim, f"{OH}statedIn", _iri(cell))
    yield say(claim, f"{OH}method", _iri(f"{OHV}method-section"))
    yield say(claim, f"{OH}confidence", ox.Literal("0.8", datatype=_iri(f"{XSD}decimal")))


def _mention(say, key, field, *, start, length, entity, method, confidence) -> Iterator[ox.Quad]:
    span = _NAMES.mention(key, field, start, start + length)
    count = _iri(f"{XSD}nonNegativeInteger")
    yield say(span, f"{RDF}type", _iri(f"{OH}Mention"))
    yield say(span, f"{NIF}referenceContext", _iri(_NAMES.statement(key, field)))
    yield say(span, f"{NIF}beginIndex", ox.Literal(str(start), datatype=count))
    yield say(span, f"{NIF}endIndex", ox.Literal(str(start + length), datatype=count))
    yield say(span, f"{ITSRDF}taIdentRef", _iri(entity))
    yield say(span, f"{OH}method", _iri(f"{OHV}method-{method}"))
    yield say(span, f"{OH}status", _iri(f"{OHV}mention-accepted"))
    yield say(span, f"{OH}confidence", ox.Literal(confidence, datatype=_iri(f"{XSD}decimal")))


def select_over(store: ox.Store) -> Select:
    """The callable that views take: SPARQL text to rows over the union graph."""

    def select(query: str) -> Rows:
        answer = store.query(query, use_default_graph_as_union=True)
        names = [variable.value for variable in answer.variables]
        return [
            {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
            for row in answer
        ]

    return select


def sample(outcomes: int = 40) -> Select:
    """`select` over the fictional harvest."""
    store = ox.Store()
    store.extend(quads(outcomes))
    return select_over(store)
