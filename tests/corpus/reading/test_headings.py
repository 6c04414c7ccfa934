"""Headings of comparison articles have topics, also those whose words say less in a question."""

from __future__ import annotations

import pytest

from corpus.catalogue import shipped_catalogue
from corpus.reading.headings import topic_of

CATALOGUE = shipped_catalogue()
FINDER = CATALOGUE.finder_for(["Product Manager", "Quality Manager", "Chef"])


@pytest.mark.parametrize(
    ("topic", "headings"),
    [
        ("scope", ["Workplace", "Working Conditions", "Typical Employers", "Where They Work"]),
        ("purpose and focus", ["Objectives", "Definition"]),
        ("daily work", ["Main Duties", "DUTIES ON A SUNDAY", "Typical Tasks", "What They Do", "What Does a Chef Do?"]),
        ("skills", ["Personality", "Physical Requirements", "Personal Qualities"]),
        ("measures of success", ["Results", "Success Measured by"]),
        ("budget and money", ["Budget Responsibility"]),
        ("rank and reporting", ["Line Manager", "Direct Superior"]),
        ("decisions and authority", ["Autonomy", "Discretion and Powers"]),
        ("people and team", ["Leadership Style", "Teamwork"]),
        ("crises", ["Mishaps", "Common Challenges", "When Prices Fall"]),
        ("customers and clients", ["Contact with Families", "Patient Contact", "Dealing with the Public"]),
        ("cooperation with departments", ["Working Together", "Collaboration", "Handover"]),
        ("career", ["Progression", "Where It Can Lead", "Job Outlook", "How to Become One"]),
        ("safety", ["Injuries", "Health Risks"]),
        (
            "degrees and certificates",
            ["Education", "Education and Licence", "Entry Requirements", "Academic Requirements"],
        ),
        ("education and background", ["Years of Experience"]),
        ("working hours", ["Hours", "Night Work", "Work-Life Balance"]),
        ("timing and phases", ["Busiest Months", "Seasonal Work"]),
        ("demography", ["Minimum Age"]),
        ("summary", ["Verdict", "Which One Is Right for You?"]),
        ("numbers and amounts", ["Key Figures"]),
        ("skills", ["Skills of a Quality Manager"]),
        (
            None,
            [
                "Product Manager",
                "The Quality Manager",
                "The Chef",
                "Overview",
                "Similarities",
                "What Do They Do with Leftovers?",
            ],
        ),
    ],
)
def test_a_heading_has_a_topic(topic: str | None, headings: list[str]) -> None:
    assert {heading: topic_of(heading, FINDER, CATALOGUE) for heading in headings} == dict.fromkeys(headings, topic)


@pytest.mark.parametrize("question", ["What are the duties of a Chef?", "Which problems does a Chef have?"])
def test_words_of_headings_alone_say_no_topic_of_a_question(question: str) -> None:
    assert CATALOGUE.find_topics(question) == ()
