"""The reference lists: what they hold, and that lookups never guess."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelparse import reference
from peelparse.reference import (
    describe_editions,
    describe_forces,
    describe_topics,
    edition,
    edition_from_address,
    find_edition,
    find_force,
    find_force_by_slug,
    find_pillar,
    find_topic,
    force_names,
    grade_scale,
    iter_editions,
    iter_forces,
    iter_questions,
    iter_topics,
    never_graded,
    programme_from_address,
    shared_topics,
    topics,
)
from peelparse.reference.spelling import fold
from peelparse.report import Programme

DATA: Final = Path(reference.__file__).parent
EDITION_IDS: Final[dict[Programme, set[str]]] = {
    "PEEL": {
        "2014",
        "2015",
        "2016",
        "2017",
        "2018-19",
        "2021-22",
        "2023-25",
        "2025-27",
    },
    "FRS": {"2018-19", "2021-22", "2023-25", "2025-27"},
}


class Place(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str
    name: str
    official_name: str
    aliases: list[str]
    abbreviations: list[str]
    slugs: list[str]
    ons_code: str | None
    country: str


class PoliceForce(Place, forbid_unknown_fields=True, kw_only=True):
    peel_assessed: bool


class FireService(Place, forbid_unknown_fields=True, kw_only=True):
    current: bool


class ForceFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    records: list[PoliceForce]


class ServiceFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    records: list[FireService]


class WordsOnly(msgspec.Struct, forbid_unknown_fields=True):
    pillar: str | None = None
    topic: str | None = None
    overall_only: bool = False


class Says(msgspec.Struct, forbid_unknown_fields=True):
    says: str
    source: str | None


class Edition(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str
    programme: Programme
    printed: list[str]
    address: list[str]
    scale: str
    pillars: list[str]
    never_graded: list[WordsOnly]
    comparable_with: list[str]
    note: str
    caveat: Says | None
    sources: list[str]


class EditionFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    scales: dict[str, list[str]]
    folders: dict[Programme, list[str]]
    editions: list[Edition]


class Rule(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    order: int
    id: str
    programme: Programme | None
    match_any: str
    match_none: str | None
    note: str | None


class Question(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    edition: str
    programme: Programme
    pillar: str | None
    number: int | None
    headline: bool
    text: str
    also: list[str]
    topic: str
    graded: bool | None
    verified: bool
    note: str | None


class TopicFile(msgspec.Struct, forbid_unknown_fields=True):
    origin: str
    rules: list[Rule]
    questions: list[Question]


FORCE_FILE: Final = msgspec.json.decode(
    (DATA / "forces.json").read_bytes(), type=ForceFile
)
SERVICE_FILE: Final = msgspec.json.decode(
    (DATA / "fire_services.json").read_bytes(), type=ServiceFile
)
EDITION_FILE: Final = msgspec.json.decode(
    (DATA / "editions.json").read_bytes(), type=EditionFile
)
TOPIC_FILE: Final = msgspec.json.decode(
    (DATA / "topics.json").read_bytes(), type=TopicFile
)
FORCES: Final = FORCE_FILE.records
SERVICES: Final = SERVICE_FILE.records
PEEL_FORCES: Final = [each for each in FORCES if each.peel_assessed]
PLACES: Final[list[tuple[Programme, Place]]] = [
    *(("PEEL", each) for each in FORCES),
    *(("FRS", each) for each in SERVICES),
]


def id_of(name: str, programme: Programme | None) -> str | None:
    record = find_force(name, programme)
    return record.id if record else None


def every_name(place: Place) -> list[str]:
    return [place.name, place.official_name, *place.aliases, *place.abbreviations]


# --- what the lists hold ---------------------------------------------------------


def test_how_many_forces_and_services_there_are() -> None:
    assert len(PEEL_FORCES) == 43
    assert len(FORCES) == 50
    assert sum(each.current for each in SERVICES) == 44
    assert len(SERVICES) == 46
    assert sum(each.country == "Wales" for each in PEEL_FORCES) == 4
    assert {each.country for each in PEEL_FORCES} == {"England", "Wales"}
    assert {each.country for each in SERVICES} == {"England"}


def test_ids_are_unique_within_a_programme() -> None:
    for places in (FORCES, SERVICES):
        ids = [each.id for each in places]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each) for each in ids)


def test_ons_codes_are_unique_and_well_formed() -> None:
    codes = [each.ons_code for _, each in PLACES if each.ons_code]
    assert len(set(codes)) == len(codes) == 43 + 46
    for force in PEEL_FORCES:
        area = "W15" if force.country == "Wales" else "E23"
        assert re.fullmatch(area + r"\d{6}", force.ons_code or "")
    for force in FORCES:
        assert force.peel_assessed == (force.ons_code is not None)
    for service in SERVICES:
        assert re.fullmatch(r"E31\d{6}", service.ons_code or "")


@pytest.mark.parametrize("places", [FORCES, SERVICES], ids=["police", "fire"])
def test_no_name_and_no_slug_means_two_of_a_programme(
    places: list[PoliceForce] | list[FireService],
) -> None:
    names: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for each in places:
        for name in every_name(each):
            assert names.setdefault(fold(name), each.id) == each.id, name
        for slug in each.slugs:
            assert slugs.setdefault(slug, each.id) == each.id, slug


def test_every_file_says_where_it_comes_from_and_no_path_of_ours() -> None:
    for file in (FORCE_FILE, SERVICE_FILE, EDITION_FILE, TOPIC_FILE):
        assert "hmicfrs" in file.origin
        assert not re.search(r"/work|/tmp|/home|shared|session", file.origin)


# --- forces ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programme", "place"), PLACES, ids=[f"{p}-{each.id}" for p, each in PLACES]
)
def test_every_spelling_of_every_name_is_found(
    programme: Programme, place: Place
) -> None:
    for name in every_name(place):
        for spelling in (
            name,
            name.upper(),
            f" the  {name} ",
            f"The {name}",
            name.replace(" and ", " & "),
            name.replace(" & ", " and "),
            name.replace("-", "–"),
            name.replace("-", "\u2011"),
            name.replace(" ", "\u00a0"),
        ):
            record = find_force(spelling, programme)
            assert record is not None, spelling
            assert record.id == place.id
            assert record.programme == programme
            assert record.official_name == place.official_name
            assert record.ons_code == place.ons_code
            assert record.country == place.country


@pytest.mark.parametrize(
    ("programme", "place"), PLACES, ids=[f"{p}-{each.id}" for p, each in PLACES]
)
def test_every_slug_is_found_with_and_without_years(
    programme: Programme, place: Place
) -> None:
    for slug in place.slugs:
        for part in (slug, f"{slug}-2021-22", f"{slug}-2023-2025", f"/{slug}/"):
            record = find_force_by_slug(part, programme)
            assert record is not None
            assert record.id == place.id


def test_all_peel_forces_have_their_id_as_slug() -> None:
    for force in PEEL_FORCES:
        assert force.id in force.slugs


@pytest.mark.parametrize(
    "name",
    [
        "Hampshire",
        "Hampshire Constabulary",
        "Hampshire & Isle of Wight",
        "Hampshire and Isle of Wight Constabulary",
    ],
)
def test_hampshire_before_and_after_its_new_name(name: str) -> None:
    record = find_force(name, "PEEL")
    assert record is not None
    assert record.id == "hampshire"
    assert record.official_name == "Hampshire and Isle of Wight Constabulary"
    assert record.ons_code == "E23000030"


def test_hampshire_fire_before_and_after_the_merger() -> None:
    assert id_of("Hampshire", "FRS") == "hampshire"
    assert id_of("Isle of Wight", "FRS") == "isle-of-wight"
    assert id_of("Hampshire and Isle of Wight", "FRS") == "hampshire-and-isle-of-wight"
    assert id_of("Hampshire and Isle of Wight", None) is None


@pytest.mark.parametrize(
    "name",
    ["Dyfed-Powys", "Dyfed–Powys Police", "DYFED\u2011POWYS POLICE", "Dyfed Powys"],
)
def test_dyfed_powys_with_every_dash(name: str) -> None:
    assert id_of(name, "PEEL") == "dyfed-powys"


@pytest.mark.parametrize(
    "name",
    [
        "Metropolitan",
        "Metropolitan Police",
        "Metropolitan Police Service",
        "the Metropolitan Police Service",
        "Met Police",
        "the Met",
        "MPS",
    ],
)
def test_the_metropolitan_police_by_every_name(name: str) -> None:
    assert id_of(name, "PEEL") == "metropolitan"


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("London Fire Brigade", "london"),
        ("LFB", "london"),
        ("Royal Berkshire Fire & Rescue Service", "royal-berkshire"),
        (
            "County Durham and Darlington Fire and Rescue Service",
            "durham-and-darlington",
        ),
        ("Durham and Darlington", "durham-and-darlington"),
        ("Hereford & Worcester Fire and Rescue Service", "hereford-and-worcester"),
        ("Tyne & Wear", "tyne-and-wear"),
        ("Essex County Fire and Rescue Service", "essex"),
        ("West Midlands Fire Service", "west-midlands"),
        ("Cleveland Fire Brigade", "cleveland"),
    ],
)
def test_fire_services_by_well_known_names(name: str, service: str) -> None:
    assert id_of(name, "FRS") == service
    assert id_of(name, "PEEL") is None


def test_the_programme_decides_where_police_and_fire_share_a_name() -> None:
    police, fire = find_force("Essex", "PEEL"), find_force("Essex", "FRS")
    assert police is not None
    assert fire is not None
    assert (police.official_name, police.ons_code) == ("Essex Police", "E23000028")
    assert fire.official_name == "Essex County Fire and Rescue Service"
    assert find_force("Essex", None) is None
    assert find_force_by_slug("essex", None) is None
    assert find_force("Essex Police", None) == police
    assert find_force("Essex FRS", None) == fire
    assert find_force("Avon", "PEEL") is None
    assert id_of("Avon", None) == "avon"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "the",
        "The ",
        "Northshire",
        "Eastmere Police",
        "Westvale Fire and Rescue Service",
        "Kentish",
        "Kent Polic",
        "West",
        "Police",
        "Essex Essex",
        "Kent 2017",
        "Greater Manchester and Essex",
    ],
)
@pytest.mark.parametrize("programme", ["PEEL", "FRS", None])
def test_a_name_outside_the_list_is_never_guessed(
    name: str, programme: Programme | None
) -> None:
    assert find_force(name, programme) is None
    assert find_force_by_slug(name, programme) is None


@pytest.mark.parametrize(
    ("slug", "force"),
    [
        ("heddlu-gwent", "gwent"),
        ("heddlu-dyfed-powys-2023-25", "dyfed-powys"),
        ("heddlu-gogledd-cymru-2021-22", "north-wales"),
        ("hampshire-and-isle-of-wight-2021-22", "hampshire"),
        ("heddlu-kent", None),
        ("effectiveness", None),
        ("peel-2017", None),
        ("2018", None),
    ],
)
def test_slugs_of_addresses(slug: str, force: str | None) -> None:
    record = find_force_by_slug(slug, "PEEL")
    assert (record.id if record else None) == force


@pytest.mark.parametrize("programme", ["PEEL", "FRS", None])
def test_names_for_searching_are_long_first_and_all_known(
    programme: Programme | None,
) -> None:
    names = force_names(programme)
    assert len(set(names)) == len(names)
    assert [len(each) for each in names] == sorted(map(len, names), reverse=True)
    assert not {"Met", "MPS", "LFB", "Herts"} & set(names)
    if programme:
        assert all(find_force(each, programme) for each in names)
    assert force_names(None) == tuple(
        sorted(
            {*force_names("PEEL"), *force_names("FRS")},
            key=lambda name: (-len(name), name),
        )
    )


@given(st.text())
def test_any_text_gives_a_record_or_nothing(text: str) -> None:
    for programme in ("PEEL", "FRS", None):
        find_force(text, programme)
        find_force_by_slug(text, programme)
        find_edition(text, programme)
        edition_from_address(text, programme)
        find_topic(text, programme)
        find_pillar(text, programme)
    assert fold(fold(text)) == fold(text)


# --- editions --------------------------------------------------------------------


def test_which_editions_there_are() -> None:
    for programme, ids in EDITION_IDS.items():
        found = [e.id for e in EDITION_FILE.editions if e.programme == programme]
        assert set(found) == ids
        assert len(found) == len(ids)


def test_scales_and_comparisons_hold_together() -> None:
    scales = EDITION_FILE.scales
    assert list(grade_scale("five-tier")) == scales["five-tier"]
    assert set(scales["five-tier"]) - set(scales["four-tier"]) == {"Adequate"}
    assert grade_scale("no such scale") == ()
    for each in EDITION_FILE.editions:
        assert each.scale in scales
        for other_id in each.comparable_with:
            other = edition(other_id, each.programme)
            assert other is not None
            assert each.id in other.comparable_with
            assert each.id != other_id
            assert each.scale == other.scale


def test_no_printed_form_means_two_editions_of_a_programme() -> None:
    for programme in EDITION_IDS:
        records = [e for e in EDITION_FILE.editions if e.programme == programme]
        printed = [form for each in records for form in each.printed]
        assert len(set(printed)) == len(printed)


@pytest.mark.parametrize(
    "record",
    EDITION_FILE.editions,
    ids=[f"{each.programme}-{each.id}" for each in EDITION_FILE.editions],
)
def test_every_printed_form_is_found(record: Edition) -> None:
    assert record.id in record.printed or record.id == "2018-19"
    for form in record.printed:
        for spelling in (
            form,
            f" {form} ",
            form.replace("-", "–"),
            form.replace("-", "—"),
            form.replace("-", " – "),
            form.replace("/", " / "),
        ):
            found = find_edition(spelling, record.programme)
            assert found is not None, spelling
            assert (found.id, found.programme) == (record.id, record.programme)


@pytest.mark.parametrize(
    ("printed", "programme", "edition_id"),
    [
        ("2018", "PEEL", "2018-19"),
        ("2018", "FRS", None),
        ("2018/19", "PEEL", "2018-19"),
        ("2018/19", None, None),
        ("2017", None, "2017"),
        ("2021/2022", "PEEL", "2021-22"),
        ("202325", "PEEL", "2023-25"),
        ("2023 – 2025", "PEEL", "2023-25"),
        ("2025–2027", "FRS", "2025-27"),
        ("2013", "PEEL", None),
        ("2019", "PEEL", None),
        ("2025–29", None, None),
        ("PEEL 2017", "PEEL", None),
        ("", None, None),
    ],
)
def test_printed_years(
    printed: str, programme: Programme | None, edition_id: str | None
) -> None:
    record = find_edition(printed, programme)
    assert (record.id if record else None) == edition_id


SITE: Final = "https://www.justiceinspectorates.gov.uk/hmicfrs"


@pytest.mark.parametrize(
    ("address", "programme", "edition_id"),
    [
        ("/peel-assessments/peel-2014/norfolk/", "PEEL", "2014"),
        ("/peel-assessments/peel-2017/kent/effectiveness/", "PEEL", "2017"),
        (
            "/peel-assessments/peel-2018/kent/legitimacy/detailed-findings",
            "PEEL",
            "2018-19",
        ),
        ("/peel-assessments/peel-2015/?view=wheel&sort=peel-2017", "PEEL", "2015"),
        ("/peel-reports/kent-2021-22/", "PEEL", "2021-22"),
        ("/peel-reports/heddlu-gwent-2021-22", "PEEL", "2021-22"),
        ("/peel-reports/kent-2023-25/#2021-22", "PEEL", "2023-25"),
        ("/peel-reports/kent-2025-27/", "PEEL", "2025-27"),
        ("/frs-assessment/frs-2018/avon/", "FRS", "2018-19"),
        ("/frs-assessment/frs-2021/avon/people/", "FRS", "2021-22"),
        (
            "/frs-assessment/frs-2023-25/service-assessment-data-table/",
            "FRS",
            "2023-25",
        ),
        ("/frs-assessments/avon-2023-2025/", "FRS", "2023-25"),
    ],
)
def test_addresses_of_pages(
    address: str, programme: Programme, edition_id: str
) -> None:
    for spelling in (
        address,
        SITE + address,
        SITE.replace("https", "http") + "///" + address.upper(),
        f"https://web.archive.org/web/20190502000000/{SITE}{address}",
    ):
        assert programme_from_address(spelling) == programme
        for given_programme in (programme, None):
            record = edition_from_address(spelling, given_programme)
            assert record is not None
            assert (record.id, record.programme) == (edition_id, programme)
        other: Programme = "FRS" if programme == "PEEL" else "PEEL"
        assert edition_from_address(spelling, other) is None


@pytest.mark.parametrize(
    ("address", "programme", "edition_id"),
    [
        ("", None, None),
        ("/peel-assessments/derbyshire", None, None),
        ("/peel-assessments/peel-20177/kent/", None, None),
        ("/hmic/cleveland/", "PEEL", None),
        ("/publications/peel-assessment-2018-19-gloucestershire/", None, "2018-19"),
        ("/publications/peel-assessment-2021-22-kent/", "PEEL", "2021-22"),
        ("/publications/something-2023-25/", None, None),
        ("/publications/something-2023-25/", "FRS", "2023-25"),
        ("/peel-assessments/peel-2016/peel-2017/", None, None),
        ("/peel-reports/frs-assessments/kent-2023-25/", None, None),
    ],
)
def test_addresses_that_show_less(
    address: str, programme: Programme | None, edition_id: str | None
) -> None:
    record = edition_from_address(address, programme)
    assert (record.id if record else None) == edition_id


def test_an_edition_by_its_id() -> None:
    police, fire = edition("2021-22", "PEEL"), edition("2021-22", "FRS")
    assert police is not None
    assert fire is not None
    assert (police.scale, police.pillars) == ("five-tier", ())
    assert (fire.scale, fire.pillars) == (
        "four-tier",
        ("Effectiveness", "Efficiency", "People"),
    )
    assert edition("2021-22", None) is None
    assert edition("2013", "PEEL") is None


@pytest.mark.parametrize("edition_id", sorted(EDITION_IDS["PEEL"]))
def test_what_is_never_graded(edition_id: str) -> None:
    leadership = edition_id in {"2015", "2016"}
    specialist = edition_id in {"2016", "2017", "2018-19"}
    assert never_graded(edition_id, "PEEL", "Leadership", None) is leadership
    assert never_graded(edition_id, "PEEL", "Leadership", "leadership") is leadership
    for pillar in ("Effectiveness", None):
        assert (
            never_graded(edition_id, "PEEL", pillar, "specialist-capabilities")
            is specialist
        )
    assert not never_graded(edition_id, "PEEL", "Effectiveness", None)
    assert not never_graded(edition_id, "PEEL", None, "preventing-crime")
    assert not never_graded(edition_id, "PEEL", None, None)
    assert not never_graded(edition_id, "FRS", "Leadership", "specialist-capabilities")


def test_nothing_is_never_graded_without_an_edition() -> None:
    assert not never_graded(None, "PEEL", "Leadership", "leadership")
    assert not never_graded("2013", None, "Leadership", None)
    assert never_graded("2016", None, "Leadership", None)


# --- topics ----------------------------------------------------------------------

SPELLED_BY_RULE: Final = [
    question for question in TOPIC_FILE.questions if question.edition != "2014"
] + [
    question
    for question in TOPIC_FILE.questions
    if question.edition == "2014" and not question.headline
]


@pytest.mark.parametrize("programme", ["PEEL", "FRS"])
def test_every_official_wording_has_its_topic(programme: Programme) -> None:
    questions = [e for e in TOPIC_FILE.questions if e.programme == programme]
    assert questions
    for question in questions:
        for text in (question.text, *question.also):
            for spelling in (text, text.replace("’", "'"), text.upper(), text + " "):
                assert find_topic(spelling, programme) == question.topic, spelling


def test_the_rules_alone_give_every_official_wording_its_topic() -> None:
    for question in SPELLED_BY_RULE:
        for text in (question.text, *question.also):
            label = fold(text).rstrip("?")
            found = topics._topic_by_rule(label, question.programme)
            assert found == question.topic, text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "preventing crime, tackling anti-social behaviour and keeping people safe",
            "preventing-crime",
        ),
        ("how it investigates crime and reduces re-offending", "investigating-crime"),
        (
            "how it protects those who are vulnerable from harm, and supporting victims",
            "protecting-vulnerable-people",
        ),
        ("how it tackles serious and organised crime", "serious-organised-crime"),
        ("Serious and Organised Crime", "serious-organised-crime"),
        ("how the force disrupts organised crime", "serious-organised-crime"),
        ("treatment of the public", "fairness-to-public"),
        (
            "treating all of the people it serves with fairness and respect",
            "fairness-to-public",
        ),
        ("use of resources", "demand-and-resources"),
        ("its use of resources to manage demand", "demand-and-resources"),
        ("good use of resources", "strategic-planning-value-for-money"),
        (
            "strategic planning and value for money",
            "strategic-planning-value-for-money",
        ),
        ("creating a positive workplace", "fairness-to-workforce"),
        (
            "how it treats its workforce with fairness and respect",
            "fairness-to-workforce",
        ),
        ("managing offenders", "managing-offenders"),
        ("crime data integrity", "crime-data-integrity"),
        ("Crime Prevention", "preventing-crime"),
        ("Vulnerability", "protecting-vulnerable-people"),
        ("Investigation", "investigating-crime"),
        ("understanding of demand", "demand-understanding"),
        ("planning for future demand", "planning-for-the-future"),
        (
            "ensuring that its workforce behaves ethically and lawfully",
            "ethical-and-lawful-workforce",
        ),
        ("effectively reducing crime and keeping people safe", "effectiveness-overall"),
        (
            "operating efficiently and providing sustainable services to the public",
            "efficiency-overall",
        ),
        (
            "how legitimately it treats the public and its workforce",
            "legitimacy-overall",
        ),
        ("how it treats the public and its workforce", "legitimacy-overall"),
        ("responds to the public", "responding-to-public"),
        ("tackling anti\u2011social behaviour", "antisocial-behaviour"),
        ("Meeting the SPR", "strategic-policing-requirement"),
    ],
)
def test_other_police_wordings(text: str, topic: str) -> None:
    assert find_topic(text, "PEEL") == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("How well does the service understand local risk?", "understanding-risk"),
        ("Prevention", "preventing-fires"),
        ("Protection", "protecting-through-fire-regulation"),
        ("Response", "responding-to-fires"),
        (
            "How well does it respond to national risks?",
            "responding-to-major-incidents",
        ),
        ("Making the best use of resources", "best-use-of-resources"),
        (
            "Making the fire and rescue service affordable now and in the future",
            "affordable-service",
        ),
        ("Values and culture", "values-and-culture"),
        ("Right people, right skills", "right-people-right-skills"),
        ("Fairness and diversity", "fairness-and-diversity"),
        ("Developing leaders", "performance-and-leaders"),
        ("The service looks after its people", "people-overall"),
    ],
)
def test_other_fire_wordings(text: str, topic: str) -> None:
    assert find_topic(text, "FRS") == topic


def test_police_and_fire_rules_do_not_mix() -> None:
    assert find_topic("Protecting vulnerable people", "FRS") is None
    assert find_topic("Promoting the right values and culture", "PEEL") is None
    assert find_topic("Investigating crime", None) == "investigating-crime"
    assert find_topic("Values and culture", None) == "values-and-culture"
    assert find_topic("How well does it prevent?", None) is None
    assert find_topic("Efficiency", None) == "efficiency-overall"


@pytest.mark.parametrize("text", ["", " ", "?", "Contents", "2", "Good", "Back to top"])
@pytest.mark.parametrize("programme", ["PEEL", "FRS", None])
def test_what_has_no_topic(text: str, programme: Programme | None) -> None:
    assert find_topic(text, programme) is None
    assert find_pillar(text, programme) is None


def test_rules_are_in_order_and_bounded() -> None:
    assert [rule.order for rule in TOPIC_FILE.rules] == list(
        range(1, len(TOPIC_FILE.rules) + 1)
    )
    for rule in TOPIC_FILE.rules:
        for pattern in (rule.match_any, rule.match_none or ""):
            assert not re.search(r"[*+]", pattern), pattern


def test_only_the_beginning_of_a_long_text_counts() -> None:
    assert find_topic("Investigating crime " + "x" * 10_000_000, "PEEL") is not None
    assert find_topic("x " * 200 + "investigating crime", "PEEL") is None


def test_questions_hold_together() -> None:
    for question in TOPIC_FILE.questions:
        record = edition(question.edition, question.programme)
        assert record is not None
        if question.pillar:
            assert question.pillar in record.pillars
        else:
            assert record.pillars == ()
        assert not (question.headline and question.number)
        if never_graded(
            question.edition, question.programme, question.pillar, question.topic
        ):
            assert question.graded is False
        assert question.topic in {rule.id for rule in TOPIC_FILE.rules}


@pytest.mark.parametrize(
    ("text", "programme", "pillar"),
    [
        (
            "How effective is the force at keeping people safe and reducing crime?",
            "PEEL",
            "Effectiveness",
        ),
        (
            "How legitimate is the force at keeping people safe and reducing crime",
            None,
            "Legitimacy",
        ),
        ("How well the force delivers value for money", "PEEL", "Efficiency"),
        (
            "How well does the fire and rescue service look after its people?",
            None,
            "People",
        ),
        (
            "How effective are the force's specialist capabilities?",
            "PEEL",
            "Effectiveness",
        ),
        ("How well does the force plan for the future?", "FRS", None),
        ("How well does the force plan for tea?", "PEEL", None),
        ("Investigating crime", "PEEL", None),
        ("Leadership and force management", "PEEL", None),
    ],
)
def test_the_pillar_of_an_official_question(
    text: str, programme: Programme | None, pillar: str | None
) -> None:
    assert find_pillar(text, programme) == pillar


# --- listings --------------------------------------------------------------------


@pytest.mark.parametrize("programme", ["PEEL", "FRS", None])
def test_listings_are_whole_and_in_order(programme: Programme | None) -> None:
    wanted = {programme} if programme else {"PEEL", "FRS"}
    assert [(e.programme, e.id) for e in iter_editions(programme)] == [
        (e.programme, e.id) for e in EDITION_FILE.editions if e.programme in wanted
    ]
    forces = [(each.programme, each.id) for each in iter_forces(programme)]
    assert sorted(forces) == sorted(
        (each, place.id) for each, place in PLACES if each in wanted
    )
    assert forces == sorted(forces, key=lambda pair: (pair[0] == "FRS", pair[1]))
    questions = [each.text for each in iter_questions(programme)]
    assert questions == [q.text for q in TOPIC_FILE.questions if q.programme in wanted]
    listed = list(iter_topics(programme))
    assert [each.id for each in listed] == sorted({each.id for each in listed})
    assert {each.id for each in listed} == {
        rule.id for rule in TOPIC_FILE.rules if rule.programme in {None, *wanted}
    } | {q.topic for q in TOPIC_FILE.questions if q.programme in wanted}
    assert sorted(q.text for each in listed for q in each.questions) == sorted(
        questions
    )


def test_who_is_inspected() -> None:
    assert sum(each.is_inspected for each in iter_forces("PEEL")) == 43
    assert sum(each.is_inspected for each in iter_forces("FRS")) == 44
    met = find_force("MPS", "PEEL")
    assert met is not None
    assert "MPS" in met.abbreviations
    assert met.slugs


def test_every_list_says_where_it_is_from() -> None:
    assert describe_editions() == EDITION_FILE.origin
    assert describe_topics() == TOPIC_FILE.origin
    assert describe_forces("PEEL") == FORCE_FILE.origin
    assert describe_forces("FRS") == SERVICE_FILE.origin
    for origin in (EDITION_FILE, TOPIC_FILE, FORCE_FILE, SERVICE_FILE):
        assert not re.search(r"/work|code index", origin.origin)


@pytest.mark.parametrize(
    "record",
    EDITION_FILE.editions,
    ids=[f"{each.programme}-{each.id}" for each in EDITION_FILE.editions],
)
def test_every_edition_has_sources_and_caveats_theirs(record: Edition) -> None:
    assert record.sources
    addresses = [*record.sources]
    if record.caveat and record.caveat.source:
        addresses.append(record.caveat.source)
    for address in addresses:
        assert re.match(
            r"https://(hmicfrs|www)\.justiceinspectorates\.gov\.uk/\S+\Z", address
        )
    if record.scale == "five-tier" and record.id != "2025-27":
        assert record.caveat
        assert "cannot be compared" in record.caveat.says
        assert not record.comparable_with


def test_comparability_goes_both_ways_and_never_over_scales() -> None:
    for record in iter_editions():
        for other_id in record.comparable_with:
            other = edition(other_id, record.programme)
            assert other is not None
            assert record.id in other.comparable_with
            assert record.scale == other.scale


def test_topics_that_several_questions_of_an_edition_share() -> None:
    assert shared_topics("2015", "PEEL") == {("Leadership", "leadership")}
    assert shared_topics("2017", "PEEL") == frozenset()
    assert shared_topics(None, None) == frozenset()


# --- cost ------------------------------------------------------------------------


def test_importing_the_room_reads_nothing() -> None:
    code = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "import peelparse.reference as reference\n"
        "assert not [each for each in opened if each.endswith('.json')]\n"
        "assert 'importlib.resources' not in sys.modules\n"
        "reference.find_force('Kent', 'PEEL')\n"
        "print(*[each.rsplit('/', 1)[-1] for each in opened if each.endswith('.json')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["forces.json"]
