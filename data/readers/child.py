"""The process in which every candidate file is parsed: started by `process.run`, it may die without harm to anybody.

It is started with `python -I -S` for speed and takes its search path from the request. The `__init__` files of the
packages above are not run, because they import the whole product (and pandas, which costs more than most files).
"""

from __future__ import annotations

import gc
import json
import sys
import traceback
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class _NoPandas:
    """An import hook without pandas: pyarrow imports it as soon as it can be found, which costs half a second."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas, leave everything else to the next finder."""
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(name)


def prepare(search_path: list[str]) -> None:
    """Set up imports: the product's modules without their packages' `__init__`, no pandas."""
    sys.path[:] = [*sys.path, *(entry for entry in search_path if entry not in sys.path)]
    sys.meta_path.insert(0, _NoPandas())  # a finder needs no more than find_spec
    for name, folder in (("data", ROOT / "data"), ("data.readers", ROOT / "data" / "readers")):
        package = types.ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    gc.disable()  # one file, then the end: collecting would only walk over its cells again and again


def bound(address_bytes: int, seconds: float, result_bytes: int) -> None:
    """Ask the operating system for limits, where it has any to give."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only bound
        return
    wanted = {
        "RLIMIT_AS": address_bytes,
        "RLIMIT_CPU": int(seconds) + 5,
        "RLIMIT_FSIZE": result_bytes,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        try:
            hard = resource.getrlimit(getattr(resource, name))[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(getattr(resource, name), (ceiling, hard))
        except (AttributeError, OSError, ValueError):  # macOS refuses RLIMIT_AS
            continue


def main(folder: Path) -> int:
    """Read the request in *folder*, do it, and leave the result there."""
    request = json.loads((folder / "request.json").read_text("utf-8"))
    prepare(request["search_path"])
    from data.readers.handover import write_failure, write_refusal, write_table
    from data.readers.limits import Limits
    from data.readers.notes import Notices, Refusal

    limits = Limits(**request["limits"])
    bound(limits.address_bytes, limits.seconds, limits.result_bytes)
    notices = Notices(limits.places_listed)
    try:
        from data.readers.parse import parse

        write_table(folder, parse(Path(request["path"]), request["name"], notices, limits), notices)
    except Refusal as refusal:
        write_refusal(folder, refusal.note)
    except MemoryError:
        write_failure(folder, "memory", "MemoryError")
    except BaseException:  # a panic of a native parser is no Exception; whatever it was, the parent must hear of it
        write_failure(folder, "fault", traceback.format_exc())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
