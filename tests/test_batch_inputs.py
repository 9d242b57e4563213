"""What a run is given: folders, patterns, lists, addresses, and what is passed over."""

import os
import socket
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from peelparse.batch import Inputs, Item, remote
from peelparse.batch.inputs import Found, Skip, read_list
from peelparse.batch.work import read_still, work
from peelparse.errors import LimitError, OptionError, UnreadableError

WORK = import_module("peelparse.batch.work")


def names(
    *given: object, listed: tuple[str, ...] = (), own: tuple[Path, ...] = ()
) -> list[str]:
    found = Inputs([str(each) for each in given], listed, own)
    return sorted({each.name for each in found if isinstance(each, Found)})


def skips(*given: object, own: tuple[Path, ...] = ()) -> list[str]:
    found = Inputs([str(each) for each in given], (), own)
    return sorted(each.reason for each in found if isinstance(each, Skip))


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


class TestNames:
    """Names are relative to the deepest folder that holds everything given."""

    def test_one_folder(self, tmp_path: Path) -> None:
        touch(tmp_path / "a" / "b.html", tmp_path / "c.html")
        assert names(tmp_path) == ["a/b.html", "c.html"]

    def test_several(self, tmp_path: Path) -> None:
        touch(tmp_path / "a" / "b.html", tmp_path / "c" / "d.html")
        assert names(tmp_path / "a", tmp_path / "c") == ["a/b.html", "c/d.html"]
        assert names(tmp_path / "a", tmp_path / "c" / "d.html") == [
            "a/b.html",
            "c/d.html",
        ]
        assert names(tmp_path / "c" / "d.html") == ["d.html"]

    def test_twice_is_once(self, tmp_path: Path) -> None:
        touch(tmp_path / "a" / "b.html")
        assert names(tmp_path, tmp_path / "a") == ["a/b.html"]

    def test_pattern(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        touch(tmp_path / "a" / "b.html", tmp_path / "a" / "c.txt", tmp_path / "d.html")
        assert names(tmp_path / "**" / "*.html") == ["a/b.html", "d.html"]
        assert names(tmp_path / "a*") == ["a/b.html", "a/c.txt"]
        monkeypatch.chdir(tmp_path)
        assert names("*") == ["a/b.html", "a/c.txt", "d.html"]

    def test_nothing_there(self, tmp_path: Path) -> None:
        with pytest.raises(OptionError, match="nothing at"):
            names(tmp_path / "*.html")
        assert names() == []

    def test_name_that_cannot_be_printed(self, tmp_path: Path) -> None:
        touch(tmp_path / "caf\udce9\n.html")
        (found,) = Inputs([str(tmp_path)])
        assert isinstance(found, Found)
        assert found.name == "caf\\udce9\\n.html"
        assert found.key == b"caf\xe9\n.html"

    def test_list(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        touch(tmp_path / "a" / "b.html", tmp_path / "d.html")
        monkeypatch.chdir(tmp_path)
        assert names(listed=("a", "d.html")) == ["a/b.html", "d.html"]
        (gone,) = (
            each
            for each in Inputs([], ["d.html", "e.html"])
            if isinstance(each, Found) and each.fault
        )
        assert (gone.name, gone.fault) == ("e.html", "no such file")

    def test_read_list(self) -> None:
        assert read_list(b"a\0b\nc\0", is_nul=True) == ["a", "b\nc"]


class TestSkipped:
    """What is no page is counted with the reason; what cannot be read is named."""

    def test_furniture(self, tmp_path: Path) -> None:
        touch(
            tmp_path / "page.html",
            tmp_path / "page_files" / "menu.html",
            tmp_path / "own_files" / "other.html",
            tmp_path / "crest.PNG",
            tmp_path / "site.css",
            tmp_path / ".hidden" / "a.html",
        )
        assert names(tmp_path) == ["own_files/other.html", "page.html"]
        assert skips(tmp_path) == [
            "folder of files beside a saved page",
            "hidden",
            "image",
            "style",
        ]

    def test_own_output(self, tmp_path: Path) -> None:
        touch(
            tmp_path / "a.html", tmp_path / "out" / "x.csv", tmp_path / "out.peelparse"
        )
        own = (tmp_path / "out", tmp_path / "out.peelparse")
        assert names(tmp_path, own=own) == ["a.html"]
        assert skips(tmp_path, own=own) == ["output of this run"] * 2

    def test_links(self, tmp_path: Path) -> None:
        touch(tmp_path / "in" / "deep" / "a.html", tmp_path / "outside" / "b.html")
        (tmp_path / "in" / "deep" / "loop").symlink_to(tmp_path / "in")
        (tmp_path / "in" / "there").symlink_to(tmp_path / "outside")
        (tmp_path / "in" / "nowhere").symlink_to(tmp_path / "gone")
        (tmp_path / "in" / "self").symlink_to(tmp_path / "in" / "self")
        found = {
            each.name: each
            for each in Inputs([str(tmp_path / "in")])
            if isinstance(each, Found)
        }
        assert found["deep/loop"].is_skipped
        assert "leads back" in (found["deep/loop"].fault or "")
        assert found["there/b.html"].fault is None
        assert "nowhere" in (found["nowhere"].fault or "")
        assert not found["nowhere"].is_skipped
        assert found["self"].fault
        assert set(found) == {
            "deep/a.html",
            "deep/loop",
            "there/b.html",
            "nowhere",
            "self",
        }

    def test_what_is_no_file(self, tmp_path: Path) -> None:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind(str(tmp_path / "plug"))
            assert skips(tmp_path) == ["device, pipe or socket"]

    def test_no_permission(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        touch(tmp_path / "shut" / "a.html")
        real = os.scandir

        def scan(path: str) -> object:
            if path.endswith("shut"):
                raise PermissionError(13, "Permission denied")
            return real(path)

        monkeypatch.setattr(os, "scandir", scan)
        (found,) = Inputs([str(tmp_path)])
        assert isinstance(found, Found)
        assert (found.name, found.fault) == ("shut", "no permission to read it")


class TestReading:
    """A file is read whole, or not at all."""

    def test_file_that_changes_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.html"
        path.write_text("old")
        seen: list[int] = []
        real = WORK.read_limited

        def read(file: object, size: int, limits: object) -> object:
            data = real(file, size, limits)
            seen.append(size)
            if len(seen) == 1:
                path.write_text("newer")
            return data

        monkeypatch.setattr(WORK, "read_limited", read)
        assert read_still(str(path)) == (b"newer", None)

    def test_file_that_goes_on_changing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.html"
        path.write_text("old")
        real = WORK.read_limited

        def read(file: object, size: int, limits: object) -> object:
            data = real(file, size, limits)
            path.write_text("x" * (size + 1))
            return data

        monkeypatch.setattr(WORK, "read_limited", read)
        (page,) = work(Item(key=b"a", name="a.html", path=str(path))).pages
        assert page.fault
        assert "changes while it is read" in page.fault.message

    def test_file_that_is_gone(self, tmp_path: Path) -> None:
        (page,) = work(Item(key=b"a", name="a", path=str(tmp_path / "a"))).pages
        assert page.fault
        assert page.fault.code == "PP902"

    def test_bytes(self) -> None:
        found = work(Item(key=b"a", name="a", data=b"<h1>Kent PEEL 2017</h1>"))
        assert found.stamp is None
        assert found.sha256

    def test_fault_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        item = Item(key=b"a", name="a", data=b"<h1>Kent PEEL 2017</h1>")

        def fail(*_: object, **__: object) -> object:
            raise ZeroDivisionError("oh")

        with monkeypatch.context() as patch:
            patch.setattr(WORK, "recognise", fail)
            (page,) = work(item).pages
        assert page.fault
        assert "ZeroDivisionError: oh" in page.fault.message
        monkeypatch.setattr(WORK, "iter_pages", fail)
        (page,) = work(item).pages
        assert page.fault
        assert page.fault.code == "PP900"


@pytest.fixture
def fsspec() -> ModuleType:
    try:
        return import_module("fsspec")
    except ImportError:
        pytest.skip("fsspec is not installed")


class TestRemote:
    """Addresses of remote storage, here in memory and in a zip."""

    def test_memory(self, fsspec: ModuleType) -> None:
        store = fsspec.filesystem("memory")
        store.pipe("/saved/a.html", b"<h1>Kent PEEL 2017</h1>")
        store.pipe("/saved/deep/b.txt", b"x")
        try:
            assert names("memory://saved") == [
                "memory:///saved/a.html",
                "memory:///saved/deep/b.txt",
            ]
            assert names("memory://saved/*.html") == ["memory:///saved/a.html"]
            assert names("memory://saved/*") == ["memory:///saved/a.html"]
            assert names("memory://saved/a.html") == ["memory://saved/a.html"]
            assert names(listed=("memory://saved/a.html",)) == ["memory://saved/a.html"]
            (page,) = work(
                Item(key=b"a", name="a", path="memory:///saved/a.html")
            ).pages
            assert page.sha256
        finally:
            store.rm("/saved", recursive=True)

    def test_chain(self, fsspec: ModuleType, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
            file.writestr("in/a.html", "<h1>Kent PEEL 2017</h1>")
        (name,) = names(f"zip://in/*.html::file://{tmp_path}/a.zip")
        assert name == f"zip://in/a.html::file://{tmp_path}/a.zip"
        assert remote.read_remote(name).startswith(b"<h1>")

    @pytest.mark.filterwarnings("ignore")  # of what the library leaves open
    def test_web(self, fsspec: ModuleType, tmp_path: Path) -> None:
        pytest.importorskip("aiohttp", reason="aiohttp is not installed")
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
            file.writestr("a.html", "<h1>Kent PEEL 2017</h1>")
            file.writestr("b.html", "<h1>Essex PEEL 2017</h1>")
        serve = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
        with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/a.zip"
            assert names(address) == [address]
            pages = work(Item(key=b"a", name=address, path=address)).pages
            server.shutdown()
        assert [page.name for page in pages] == [
            f"{address}#a.html",
            f"{address}#b.html",
        ]
        assert all(page.sha256 for page in pages)

    def test_nothing_there(self, fsspec: ModuleType) -> None:
        with pytest.raises(UnreadableError, match="nothing there"):
            remote.read_remote("memory://gone/a.html")
        with pytest.raises(UnreadableError, match="nothing there"):
            names("memory://gone/*.html")
        (page,) = work(Item(key=b"a", name="a", path="memory://gone/a")).pages
        assert page.fault
        with pytest.raises(UnreadableError, match="rotocol"):
            names("nonsense://gone/a.html")

    def test_too_large(
        self, fsspec: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fsspec.filesystem("memory").pipe("/large", b"x")

        def refuse(*_: object, **__: object) -> bytes:
            raise LimitError("reading", "much", "less", "save less")

        monkeypatch.setattr(remote, "read_limited", refuse)
        with pytest.raises(LimitError):
            remote.read_remote("memory://large")

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(name: str) -> ModuleType:
            raise ImportError(name)

        monkeypatch.setattr(remote, "import_module", refuse)
        with pytest.raises(OptionError, match=r"peelparse\[remote\]"):
            names("s3://bucket")
        (page,) = work(Item(key=b"a", name="a", path="s3://bucket/a")).pages
        assert page.fault
