"""Packs the program from a wheel, with the licenses and the README, as a release archive.

    python archive.py WHEEL NAME

Writes NAME.tar.gz, or NAME.zip for Windows, with everything in a folder of the same name.
"""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
EXTRA = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]


def program(wheel):
    """Name and contents of the program in a wheel."""
    with zipfile.ZipFile(wheel) as contents:
        scripts = [name for name in contents.namelist() if ".data/scripts/" in name]
        if len(scripts) != 1:
            sys.exit(f"{wheel} has {len(scripts)} programs instead of one")
        return Path(scripts[0]).name, contents.read(scripts[0])


def main(wheel, name):
    script, contents = program(wheel)
    files = [(script, contents, 0o755)] + [(name, (ROOT / name).read_bytes(), 0o644) for name in EXTRA]
    if script.endswith(".exe"):
        with zipfile.ZipFile(f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file, data, _ in files:
                archive.writestr(f"{name}/{file}", data)
        return
    with tarfile.open(f"{name}.tar.gz", "w:gz") as archive:
        for file, data, mode in files:
            entry = tarfile.TarInfo(f"{name}/{file}")
            entry.size, entry.mode = len(data), mode
            archive.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    main(*sys.argv[1:])
