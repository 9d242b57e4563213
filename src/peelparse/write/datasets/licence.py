"""What every data set says of itself: its title, licence and attribution."""

from typing import Final

TITLE: Final = "HMICFRS inspection pages as data"

DESCRIPTION: Final = (
    "Saved inspection pages of HMICFRS (police forces and fire and rescue services), "
    "parsed by peelparse. Every text is the page's own words; what a page does not "
    "say is empty."
)

LICENCE: Final = "Open Government Licence v3.0"

LICENCE_ID: Final = "OGL-UK-3.0"
"""Its name in the SPDX list."""

LICENCE_ADDRESS: Final = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)

ATTRIBUTION: Final = (
    "Contains public sector information from HMICFRS, licensed under the Open "
    "Government Licence v3.0."
)
"""The line to print wherever the data are used."""

SOURCE: Final = "HMICFRS"

SOURCE_ADDRESS: Final = "https://hmicfrs.justiceinspectorates.gov.uk/"

SCHEMA: Final = "peelparse.report/1"
"""The contract of the rows, by which a data set of ours is known."""
