"""The flow on one screen: bytes to a page, the page to a report."""

from peelparse.read import read_page
from peelparse.recognise import Options, Recognition, recognise_page


def parse_bytes(
    data: bytes,
    name: str = "<memory>",
    options: Options | None = None,
    address: str | None = None,
) -> Recognition:
    """Parse the bytes of one saved page."""
    options = options or Options()
    page = read_page(data, name, address=address, paths=options.provenance)
    return recognise_page(page, options)
