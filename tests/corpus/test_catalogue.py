"""The shipped catalogue knows roles by the names people use, and topics by the words of headings and questions."""

from __future__ import annotations

import pytest

from corpus.catalogue import Catalogue, Role, shipped_catalogue

CATALOGUE = shipped_catalogue()


def roles_in(text: str) -> list[tuple[str, ...]]:
    return [mention.roles for mention in CATALOGUE.find_roles(text)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Who pays the ops mgr?", ["Operations Manager"]),  # abbreviated
        ("prodction maneger", ["Production Manager"]),  # misspelt
        ("What do CEOs do?", ["Chief Executive Officer"]),  # plural of an abbreviation
        ("a human resources manager", ["HR Manager"]),  # the long form of a short name
        ("organisational development managers", ["Organizational Development Manager"]),  # British, plural
        ("the actuary's and the CFO's reports", ["Actuary", "Chief Financial Officer"]),  # two
        ("VP of Ops", ["VP of Operations"]),  # abbreviated inside
        ("Does a factory manager report to the COO?", ["Plant Manager", "Chief Operating Officer"]),  # aliases
        ("I manage operations, who teaches me?", []),  # verbs
    ],
)
def test_a_question_names_the_roles_that_people_mean(text: str, roles: list[str]) -> None:
    assert roles_in(text) == [(role,) for role in roles]


@pytest.mark.parametrize(
    ("alias", "roles"),
    [
        ("OM", {"Office Manager", "Operations Manager"}),  # an abbreviation
        ("EA", {"Enterprise Architect", "Executive Assistant"}),  # an abbreviation
        ("chef de cuisine", {"Executive Chef", "Head Chef"}),  # a loan word
        ("planner", {"Production Planner", "Transport Planner", "Urban Planner"}),  # the noun that they share
    ],
)
def test_an_ambiguous_alias_gives_all_its_roles(alias: str, roles: set[str]) -> None:
    assert [set(found) for found in roles_in(alias)] == [roles]


def test_every_role_is_found_by_its_own_name_and_nothing_else() -> None:
    assert {name: roles_in(name) for name in CATALOGUE.roles} == {name: [(name,)] for name in CATALOGUE.roles}


def test_every_alias_leads_to_its_role_unless_it_is_the_name_of_another() -> None:
    lost = [
        (role.name, alias)
        for role in CATALOGUE.roles.values()
        for alias in role.aliases
        if not any(role.name in found for found in roles_in(alias)) and alias.casefold() not in own_names()
    ]
    assert lost == []


def own_names() -> set[str]:
    return {name.casefold() for name in CATALOGUE.roles}


@pytest.mark.parametrize(
    ("roles", "text", "found"),
    [
        # the last noun, where only one of the two has it
        (("Financial Controller", "Chief Financial Officer"), "the controller closes books", "Financial Controller"),
        (("Financial Controller", "Chief Financial Officer"), "The officer signs", "Chief Financial Officer"),
        (("Recruiter", "HR Manager"), "the managers decide", "HR Manager"),
        # the noun before "of"
        (("Director of Operations", "Store Manager"), "the director decides", "Director of Operations"),
        (("Bell Ringer", "Church Warden"), "the ringers come", "Bell Ringer"),  # not listed: people by its ending
        (("Bell Ringer", "Crew Member"), "members of the parish", None),  # or belongs to others as well
        (("Operations Manager", "Production Manager"), "the manager decides", None),  # both end in it
        (("Head of Operations", "Operations Manager"), "at the head of the table", None),  # no job
    ],
)  # fmt: skip
def test_a_short_name_counts_only_among_roles_where_it_is_unique(
    roles: tuple[str, ...], text: str, found: str | None
) -> None:
    mentions = CATALOGUE.finder_for(roles).find(text)
    assert [mention.roles for mention in mentions] == ([(found,)] if found else [])


def test_a_finder_for_some_roles_knows_no_others() -> None:
    finder = CATALOGUE.finder_for(("Recruiter", "HR Manager"))
    assert finder.find("The production planner and the CEO") == ()


def test_a_finder_within_a_library_knows_other_roles_too() -> None:
    finder = CATALOGUE.finder_within(("Recruiter", "HR Manager"))
    text = "The recruiter asks the CEO"
    assert [mention.roles for mention in finder.find(text)] == [("Recruiter",), ("Chief Executive Officer",)]


@pytest.mark.parametrize(
    ("roles", "text", "found"),
    [
        (("Bee Keeper", "Shepherd"), "the bk's hut", "Bee Keeper"),  # only one role has them; lower case, possessive
        (("Head of Hives", "Shepherd"), "HOH", "Head of Hives"),  # every word counts
        (tuple(f"B{letter} Keeper" for letter in "abcde"), "BK", None),  # more roles have them than a choice may offer
        (("Clerk of Works", "Shepherd"), "Does the CoW visit daily?", "Clerk of Works"),  # a word, in capitals
        (("Clerk of Works", "Shepherd"), "Who milks the cows? Cow by cow", None),  # a word
        (("Bee Keeper", "Shepherd"), "Plan S", None),  # one letter is no name
        (("Production Manager", "Shepherd"), "PM", "Production Manager"),  # elsewhere the name of another role
        (("Bee Keeper", "Shepherd"), "the beekeeper", "Bee Keeper"),  # typed without the space
    ],
)
def test_initials_name_a_role_of_the_library_when_no_other_has_them(
    roles: tuple[str, ...], text: str, found: str | None
) -> None:
    mentions = CATALOGUE.finder_within(roles).find(text)
    assert [mention.roles for mention in mentions] == ([(found,)] if found else [])


def test_a_name_of_a_role_is_shared_with_the_initials_of_another() -> None:
    catalogue = Catalogue([Role("Bee Keeper", ("SH",)), Role("Shed Hand")], [], {"nouns": [], "generic": []})
    found = catalogue.finder_within(catalogue.roles).find("the SH")
    assert [mention.roles for mention in found] == [("Bee Keeper", "Shed Hand")]


def test_the_initials_of_another_are_not_added_to_a_name_that_is_known_to_be_shared() -> None:
    finder = CATALOGUE.finder_within(("Enterprise Architect", "Executive Assistant", "Estate Agent"))
    assert [set(mention.roles) for mention in finder.find("the EA")] == [
        {"Enterprise Architect", "Executive Assistant"}
    ]


def test_a_catalogue_learns_the_roles_of_new_articles() -> None:
    learned = CATALOGUE.with_roles(["Beekeeper", "Recruiter", "Beekeeper"])
    assert [mention.roles for mention in learned.find_roles("three beekeepers")] == [("Beekeeper",)]
    assert CATALOGUE.find_roles("three beekeepers") == ()
    assert learned.roles["Recruiter"] == CATALOGUE.roles["Recruiter"]


def test_a_catalogue_that_learns_nothing_new_stays_itself() -> None:
    assert CATALOGUE.with_roles(["Recruiter"]) is CATALOGUE


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("operations managers", "Operations Manager"),  # plural
        (" Ops Manager ", "Operations Manager"),  # abbreviated, with white space
        ("CEO", "Chief Executive Officer"),  # an alias
        ("OM", "OM"),  # ambiguous: left as it is
        ("Senior Operations Manager", "Senior Operations Manager"),  # more than the name
        ("Beekeeper", "Beekeeper"),  # unknown
        ("", ""),  # nothing
    ],
)
def test_a_name_becomes_the_name_of_the_catalogue_only_when_it_is_exactly_one_of_its_names(
    name: str, canonical: str
) -> None:
    assert CATALOGUE.canonical_role(name) == canonical


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("What does a dental nurse do?", ["nurse"]),  # a role that the catalogue lacks
        ("pilots and a scrum master", ["pilots", "scrum master"]),  # a plural, a title of two words
        ("Who pays?", []),  # none
    ],
)
def test_a_job_title_is_seen_by_its_last_noun(text: str, titles: list[str]) -> None:
    assert [text[mention.span.start : mention.span.end] for mention in CATALOGUE.find_titles(text)] == titles


@pytest.mark.parametrize(
    ("title", "generic"),
    [
        ("manager", True),  # many roles end so
        ("Managers", True),  # plural
        ("nurse", False),  # a job of its own
        ("operations manager", False),  # a particular one
    ],
)
def test_a_noun_that_names_no_particular_role_is_generic(title: str, generic: bool) -> None:
    assert CATALOGUE.is_generic(title) is generic


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("Scope of Responsibilities", "scope"),  # the fifteen headings of the crawled page
        ("Strategic vs. Tactical", "strategy and planning horizon"),
        ("Interdepartmental Interaction", "cooperation with departments"),
        ("Skill Set", "skills"),
        ("Performance Metrics", "measures of success"),
        ("Resource Allocation", "resources"),
        ("Budget Control", "budget and money"),
        ("Hierarchy", "rank and reporting"),
        ("Crisis Management", "crises"),
        ("Employee Management", "people and team"),
        ("Regulatory Compliance", "compliance and law"),
        ("Technology Utilization", "technology and tools"),
        ("Vendor Relations", "suppliers and vendors"),
        ("Career Path", "career"),
        ("SUPPLIERS", "suppliers and vendors"),  # upper case, plural
        ("Conclusion", "summary"),
        ("Odds and Ends", None),  # no topic
        ("the question each asks", "purpose and focus"),  # a heading that is listed
        ("", None),  # no heading
    ],
)
def test_a_heading_stands_for_a_topic(heading: str, topic: str | None) -> None:
    assert CATALOGUE.topic_of_heading(heading) == topic


def test_words_within_a_longer_phrase_are_no_topic_of_their_own() -> None:
    assert CATALOGUE.find_topics("Who pays for bread?") == ("budget and money",)


def test_the_topic_with_the_longest_phrase_comes_first() -> None:
    assert CATALOGUE.find_topics("work from home and the budget") == ("remote work", "budget and money")


@pytest.mark.parametrize(
    ("topic", "left_out"),
    [
        ("pay", True),  # asked for often, treated rarely
        ("degrees and certificates", True),
        ("remote work", True),
        ("budget and money", False),  # treated everywhere
        ("no such topic", False),
    ],
)
def test_some_topics_are_usually_left_out(topic: str, left_out: bool) -> None:
    assert CATALOGUE.left_out(topic) is left_out


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who earns more?", "pay"),
        ("Do they need a bachelor's degree?", "degrees and certificates"),
        ("Can they work from home?", "remote work"),
    ],
)
def test_a_question_about_a_left_out_topic_is_recognised(question: str, topic: str) -> None:
    assert topic in filter(CATALOGUE.left_out, CATALOGUE.find_topics(question))


def test_a_small_catalogue_can_be_made_by_hand() -> None:
    small = Catalogue([Role("Beekeeper", ("apiarist",))], [], {"nouns": ["keeper"], "generic": []})
    assert [mention.roles for mention in small.find_roles("an apiarist")] == [("Beekeeper",)]
    assert small.topic_of_heading("Budget") is None
