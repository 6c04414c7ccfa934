"""Articles from a farm, a ship and a theatre: roles that the shipped catalogue has never heard of."""

from __future__ import annotations

PAGES = {
    "farm-manager-vs-herd-manager": """---
title: "Farm Manager vs Herd Manager"
roles: [Farm Manager, Herd Manager]
---

## Animals

The Farm Manager decides how many cows the land can carry. The Herd Manager knows each cow by its number and calls the
vet when one is ill.

## Money

The Farm Manager buys fodder, seed and machines out of one purse. The Herd Manager asks for what the cows need.

## Working Hours

The Farm Manager starts after breakfast. The Herd Manager is in the milking parlour at five.
""",
    "chief-engineer-vs-chief-officer": """---
title: "Chief Engineer vs Chief Officer"
roles: [Chief Engineer, Chief Officer]
---

## Place on Board

The Chief Engineer runs the engine room. The Chief Officer runs the deck and the loading of cargo.

## Reporting Line

The Chief Engineer answers to the master of the ship. The Chief Officer is second in command after the master.

## Watches

The Chief Engineer keeps no watch but is woken by every alarm. The Chief Officer keeps the watch from four to eight.
""",
    "port-captain-vs-harbour-pilot": """---
title: "Port Captain vs Harbour Pilot"
roles: [Port Captain, Harbour Pilot]
---

## Work

The Port Captain gives each ship its berth and hour. The Harbour Pilot climbs on board and steers it there.

## Licence

The Port Captain needs years at sea. The Harbour Pilot needs a licence for this one harbour.
""",
    "stage-manager-vs-technical-director": """---
title: "Stage Manager vs Technical Director"
roles: [Stage Manager, Technical Director]
---

## During the Show

The Stage Manager calls every cue and keeps the actors on time. The Technical Director has left the house by then.

## Budget

The Stage Manager spends petty cash on props. The Technical Director holds the sum for timber, steel and stagehands.
""",
    "artistic-director-vs-theatre-producer": """---
title: "Artistic Director vs Theatre Producer"
roles: [Artistic Director, Theatre Producer]
---

## Choice of Plays

The Artistic Director picks the plays of a season. The Theatre Producer may refuse one that nobody would pay to see.

## Contracts

The Artistic Director proposes whom to engage. The Theatre Producer signs the contracts.
""",
    "lighting-designer-vs-sound-designer": """---
title: "Lighting Designer vs Sound Designer"
roles: [Lighting Designer, Sound Designer]
---

## Tools

The Lighting Designer draws a plan of lamps and colours. The Sound Designer builds tracks and places loudspeakers.

## Rehearsals

The Lighting Designer comes when the set stands. The Sound Designer sits in from the first reading.
""",
}
