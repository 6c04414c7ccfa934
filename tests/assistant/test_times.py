"""Who asks about one day is not answered by what happens on another."""

from __future__ import annotations

import pytest

from assistant.times import names_another_time


@pytest.mark.parametrize(
    ("text", "question", "another"),
    [
        ("On Saturdays the baker sells rolls.", "What is sold on Sundays?", True),
        ("In March the stones are cleaned.", "What is cleaned in november?", True),
        ("In summer the shop closes early.", "When does it close in winter?", True),
        ("The mill was sold in 1998.", "Who owned the mill in 2004?", True),
        # the same, among others or in between
        ("On Saturdays and Sundays the baker sells rolls.", "What is sold on Sundays?", False),
        ("From Monday to Friday the shop opens at five.", "Does it open at five on Wednesday?", False),
        ("From November to February the mill stands still.", "What happens in January?", False),
        ("On weekdays the shop opens at five.", "Does it open at five on Wednesday?", False),
        ("At weekends the shop is shut.", "Is it open on Saturday?", False),
        ("On weekdays the shop opens at five.", "Does it open on Saturday?", True),
        # a time that is bounded on one side, or told to be none
        ("Busy from spring to autumn.", "Is she busy in summer?", False),
        ("Kept from 2019 to 2024.", "Was it kept in 2021?", False),
        ("The mill has stood still since 2019.", "Did it run in 2023?", False),
        ("Between March and June the stones rest.", "Do they rest in April?", False),
        ("The shop opens daily except on Sundays.", "Is it open on Monday?", False),
        ("The mill runs until May.", "Does it run in April?", False),
        # of another kind, or no time at all
        ("In March the stones are cleaned.", "What is cleaned on Mondays?", False),
        ("The miller may stop the mill on Mondays.", "What may the miller do in June?", False),
        ("In June the miller and may flies arrive.", "Who may arrive in June?", False),
        ("Whoever tightens the spring leaves in winter.", "Who tightens the spring?", False),
        ("The stones are cleaned.", "What is cleaned in November?", False),
        ("In March the stones are cleaned.", "What is cleaned?", False),
    ],
)
def test_another_time_of_the_same_kind_is_told_apart(text: str, question: str, another: bool) -> None:
    assert names_another_time(text, question) is another
