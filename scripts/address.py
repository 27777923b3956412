"""Changes the address of the repository everywhere.

    python scripts/address.py OWNER[/NAME]

Cargo.toml has the address under `repository`. The other files repeat it as `OWNER/NAME`, and a test checks that they agree.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ["Cargo.toml", "README.md", "SECURITY.md", *sorted(str(page.relative_to(ROOT)) for page in ROOT.glob("docs/*.md"))]


def repository():
    """OWNER/NAME as Cargo.toml has it."""
    manifest = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^repository = "https://github\.com/([\w.-]+/[\w.-]+)"$', manifest, re.MULTILINE)[1]


def main(address):
    new = address if "/" in address else f"{address}/isogloss"
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", new):
        sys.exit(f"not an owner, or an owner and a name: {address}")
    old = re.compile(rf"(?<![\w.-]){re.escape(repository())}(?![\w-])")
    for name in FILES:
        path = ROOT / name
        text = path.read_bytes().decode("utf-8")
        changed = old.sub(new, text)
        if changed != text:
            path.write_bytes(changed.encode("utf-8"))
            print(name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
