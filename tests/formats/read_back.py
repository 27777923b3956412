"""Reads every format of isogloss back with independent parsers, and compares it with what `json` says.

    python read_back.py PROGRAM

Needs what requirements.txt lists. The JSON schema of SARIF comes from the sources of the package `sarif-om`, since its
license does not allow a copy here.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import junitparser
from markdown_it import MarkdownIt
from sarif.loader import load_sarif_file

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "fixtures"
SARIF_OM = "sarif-om==1.0.4"
FORMATS = ["json", "jsonl", "short", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "markdown", "html"]
MOST_ROWS = 50

# Names and words that some format, or a reader of it, could take for more than text.
NAMES = [
    "plain",
    "two words",
    "50 %25",
    "a#b?c=d&e",
    "日本 العربية",
    "a,b:c;d",
    "it's \"quoted\"",
    "[x](y) `z` _w_",
    "::error ##[group]",
]
WORDS = [
    "Tidewater <img src=x onerror=alert(1)> &amp; ]]> \"syncs\" 'all'",
    "Tidewater | syncs || files \\| and \\ folders",
    "Tidewater [words](https://tidewater.example) ![image][1]",
    "Tidewater www.tidewater.example and help@tidewater.example @larkspur",
    "Tidewater **bold** _thin_ ~~gone~~ `code` {{ x }} :tada:",
    "Tidewater ::error file=a.md::no 50 % %0A ##[group]",
    "Tidewater 日本語 العربية é 👩‍💻 “quoted” …",
    "Tidewater \x01\x1b[31m \x7f \x85 \u202e \ufffe \uffff x",
    "Tidewater <!-- isogloss --> #1 $x$ ^1^",
]


def corpus(folder):
    """A small corpus whose French pages lack a paragraph, keep fewer versions than the English ones, and suppress nothing."""
    for name, words in zip(NAMES, WORDS):
        for locale, text in {
            "en": f"# Sync\n\n🌊 Tidewater keeps 30 versions of `file`.\n\n{words}\n\nAsk for `help` at any time.\n",
            "fr": "# Synchro\n\n🌊 Tidewater garde 20 versions de `file`.\n\nDemandez `help` à toute heure.\n\n"
            "<!-- isogloss-disable-file date-mismatch -->\n",
        }.items():
            path = folder / "docs" / locale / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    (folder / "docs" / "de").mkdir()
    (folder / "docs" / "de" / "plain.md").write_text("# Abgleich\n\nTidewater behält 30 Fassungen von `file`.\n")


def check(program, folder, root, out):
    """Runs isogloss once, in all formats; the paths of the reports by their names."""
    reports = {name: out / f"report.{name}" for name in FORMATS}
    arguments = [f"--format={name}={path}" for name, path in reports.items()]
    command = [program, "check", "--no-history", root, *arguments]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode == 1, run
    return reports


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def shown(text):
    """What is shown of a text that a terminal, a reader of XML or the log of a CI service would not bear."""
    signs = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
    unsafe = [*range(0x80, 0xA0), *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF]
    text = text.translate(signs | dict.fromkeys(unsafe, "\ufffd"))
    text = re.sub(r"(?<=#)#(?=[A-Za-z]*\[)", "\u266f", text)
    return re.sub(r"^(\s*):(?=:[A-Za-z])", "\\1\u2236", text)


def place(finding):
    return (finding["rule"], finding["path"], finding["range"]["start"]["line"])


def same(name, found, findings):
    expected = Counter(findings)
    found = Counter(found)
    assert found == expected, f"{name}: not there: {expected - found}; not expected: {found - expected}"


def split_lines(path):
    """The lines of a file, with their line feeds."""
    return re.split("(?<=\n)", path.read_bytes().decode())


def offset(lines, line, column, unit):
    """The byte at a line and column; columns count the code units of an encoding, which have `unit` bytes."""
    encoding = {1: "utf-8", 2: "utf-16-le"}[unit]
    before = lines[line - 1].encode(encoding)[: (column - 1) * unit]
    assert len(before) == (column - 1) * unit, f"line {line} has no column {column}"
    return sum(len(item.encode()) for item in lines[: line - 1]) + len(before.decode(encoding).encode())


def same_range(lines, start, end, finding, unit):
    expected = [finding["range"][at]["byte"] for at in ["start", "end"]]
    assert [offset(lines, *start, unit), offset(lines, *end, unit)] == expected, (start, end, finding)


def same_region(lines, region, finding):
    start, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
    same_range(lines, start, end, finding, 2)


def read_sarif(path, findings, folder, schema):
    log = load(path)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    run = log["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    levels = {"error": "error", "warning": "warning", "info": "note"}
    for result, finding in zip(run["results"], findings, strict=True):
        location = result["locations"][0]["physicalLocation"]
        region, uri = location["region"], location["artifactLocation"]["uri"]
        assert (result["ruleId"], result["level"]) == (finding["rule"], levels[finding["severity"]])
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == finding["rule"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) and unquote(uri) == finding["path"], uri
        lines = split_lines(folder / unquote(uri))
        same_region(lines, region, finding)
        assert list(result["partialFingerprints"].values()) == [finding["fingerprint"]]
        for found, related in zip(result.get("relatedLocations", []), finding["related"], strict=True):
            found = found["physicalLocation"]
            assert unquote(found["artifactLocation"]["uri"]) == related["path"], found
            same_region(split_lines(folder / related["path"]), found["region"], related)
        read_sarif_fixes(result.get("fixes", []), finding.get("fixes", []), folder)
    records = load_sarif_file(str(path)).get_records()
    counted = Counter((record["Severity"], record["Code"].split()[0]) for record in records)
    assert counted == Counter((levels[finding["severity"]], finding["rule"]) for finding in findings), counted
    assert [unquote(record["Location"]) for record in records] == [finding["path"] for finding in findings]
    with tempfile.TemporaryDirectory() as out:
        for command in ["csv", "html", "summary"]:
            output = Path(out) / command
            arguments = [sys.executable, "-m", "sarif", command, "--output", output, path]
            subprocess.run(arguments, check=True, capture_output=True)
            assert output.stat().st_size > 0, command


def read_sarif_fixes(found, fixes, folder):
    for found_fix, fix in zip(found, fixes, strict=True):
        assert found_fix["description"]["text"] == fix["message"]
        assert found_fix["properties"]["applicability"] == fix["applicability"]
        changes = [
            (unquote(change["artifactLocation"]["uri"]), replacement)
            for change in found_fix["artifactChanges"]
            for replacement in change["replacements"]
        ]
        for (path, replacement), edit in zip(changes, fix["edits"], strict=True):
            region, text = replacement["deletedRegion"], replacement.get("insertedContent", {"text": ""})["text"]
            assert (path, text) == (edit["path"], edit["replacement"])
            lines = split_lines(folder / path)
            same_region(lines, region, edit)


def read_gitlab(path, findings):
    issues = load(path)
    jsonschema.validate(issues, load(HERE / "gitlab.schema.json"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    places = [(issue["check_name"], issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in issues]
    same("gitlab", places, map(place, findings))


def read_rdjson(path, findings, folder):
    result = load(path)
    schema = load(HERE / "rdjson.schema.json")
    jsonschema.validate(result, schema, format_checker=jsonschema.FormatChecker())
    for diagnostic, finding in zip(result["diagnostics"], findings, strict=True):
        location = diagnostic["location"]
        assert (diagnostic["code"]["value"], location["path"]) == (finding["rule"], finding["path"])
        assert diagnostic["severity"] == finding["severity"].upper()
        lines = split_lines(folder / location["path"])
        start, end = ((location["range"][at]["line"], location["range"][at]["column"]) for at in ["start", "end"])
        same_range(lines, start, end, finding, 1)
        fixes = [fix["edits"][0] for fix in finding.get("fixes", []) if len(fix["edits"]) == 1]
        for suggestion, edit in zip(diagnostic.get("suggestions", []), fixes, strict=True):
            assert suggestion["text"] == edit["replacement"]
            start, end = ((suggestion["range"][at]["line"], suggestion["range"][at]["column"]) for at in ["start", "end"])
            same_range(lines, start, end, edit, 1)


def read_junit(path, findings):
    suites = junitparser.JUnitXml.fromfile(str(path))
    cases = [(suite, case) for suite in suites for case in suite if case.result]
    counts = Counter(type(case.result[0]).__name__ for _, case in cases)
    info = sum(finding["severity"] == "info" for finding in findings)
    assert (counts["Failure"], counts["Skipped"]) == (len(findings) - info, info), counts
    assert (suites.failures, suites.skipped, suites.errors) == (len(findings) - info, info, 0)
    assert suites.tests == sum(len(list(suite)) for suite in suites)
    assert len({(case.classname, case.name) for _, case in cases}) == len(cases)
    found = [(suite.name, case.classname, int(case._elem.get("line")), case.result[0].message) for suite, case in cases]
    expected = [
        (finding["locale"], shown(finding["path"]), finding["range"]["start"]["line"], shown(finding["message"]))
        for finding in findings
    ]
    same("junit", found, expected)


def read_checkstyle(path, findings):
    root = ElementTree.parse(path).getroot()
    assert root.tag == "checkstyle"
    found = [
        (
            file.get("name"),
            int(error.get("line")),
            int(error.get("column")),
            error.get("severity"),
            error.get("source"),
            error.get("message"),
        )
        for file in root
        for error in file
    ]
    expected = [
        (
            shown(finding["path"]),
            finding["range"]["start"]["line"],
            finding["range"]["start"]["column"],
            finding["severity"],
            f"isogloss.{finding['rule']}",
            shown(finding["message"]),
        )
        for finding in findings
    ]
    same("checkstyle", found, expected)


def read_github(path, findings):
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        command, properties, _ = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        properties = {name: unquote(value) for name, value in (pair.split("=", 1) for pair in properties.split(","))}
        found.append((command, properties["title"], properties["file"], int(properties["line"])))
    expected = [
        (levels[finding["severity"]], finding["rule"], shown(finding["path"]), finding["range"]["start"]["line"])
        for finding in findings
    ]
    same("github", found, expected)
    order = ["error", "warning", "notice"]
    assert [command for command, *_ in found] == sorted((command for command, *_ in found), key=order.index)


def read_markdown(path, findings):
    text = path.read_text(encoding="utf-8")
    assert len(text) < 65_536
    tokens = MarkdownIt("gfm-like").parse(text)
    rows, cell = [], None
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special", "strong_open", "strong_close"}, f"{kinds} in {token.content}"
            cell = "".join(child.content for child in token.children).replace("\u200b", "")
            rows[-1].append(cell)
        elif token.type == "table_close":
            break
        elif token.type == "html_block":
            assert token.content.strip() == "<!-- isogloss -->"
    rank = ["error", "warning", "info"]
    worst = sorted(findings, key=lambda finding: rank.index(finding["severity"]))[:MOST_ROWS]
    expected = [
        [
            finding["severity"],
            f"{finding['rule']}: {shown(finding['message'])}",
            f"{shown(finding['path'])}:{finding['range']['start']['line']}",
        ]
        for finding in worst
    ]
    found = [[level, shown(message), here] for level, message, here, _ in rows[1:]]
    assert found == expected, [pair for pair in zip(found, expected) if pair[0] != pair[1]]
    assert (f"…and {len(findings) - MOST_ROWS:,} more" in text) == (len(findings) > MOST_ROWS)


class Page(HTMLParser):
    """The elements of a page that a browser would run or load, with their text."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.open = tag in {"script", "style"}
        if self.open or tag in {"link", "meta", "img", "iframe", "object", "embed", "base"}:
            self.found.append((tag, dict(attributes), []))

    def handle_data(self, data):
        if self.open:
            self.found[-1][2].append(data)

    def handle_endtag(self, tag):
        self.open = False

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def read_html(path, findings):
    """What is in the page; how it behaves is tested in a browser, by browser/browser.mjs."""
    elements = Page(path.read_text(encoding="utf-8")).found
    kinds = Counter(tag for tag, _, _ in elements)
    assert kinds == {"meta": 5, "link": 1, "style": 1, "script": 2}, kinds
    data = json.loads(next("".join(text) for _, attributes, text in elements if attributes.get("id") == "data"))
    found = [
        (
            finding["id"],
            finding["severity"],
            data["rules"][finding["rule"]]["id"],
            data["locales"][finding["locale"]]["tag"],
            shown(finding["message"]),
            *(finding["panes"][0]["place"][name] for name in ["path", "line", "column"]),
        )
        for finding in data["findings"]
    ]
    expected = [
        (
            finding["fingerprint"],
            finding["severity"],
            finding["rule"],
            finding["locale"],
            shown(finding["message"]),
            shown(finding["path"]),
            finding["range"]["start"]["line"],
            finding["range"]["start"]["column"],
        )
        for finding in findings
    ]
    same("html", found, expected)


def read_all(reports, folder, schema):
    findings = load(reports["json"])["findings"]
    assert findings
    lines = reports["jsonl"].read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == findings
    short = reports["short"].read_text(encoding="utf-8").splitlines()
    assert len(short) == len(findings)
    read_sarif(reports["sarif"], findings, folder, schema)
    read_gitlab(reports["gitlab"], findings)
    read_rdjson(reports["rdjson"], findings, folder)
    read_junit(reports["junit"], findings)
    read_checkstyle(reports["checkstyle"], findings)
    read_github(reports["github"], findings)
    read_markdown(reports["markdown"], findings)
    read_html(reports["html"], findings)
    return len(findings)


def read_marked(program, folder, root, out, schema):
    """Over a baseline of everything, SARIF has all results, marked as unchanged, and the others have none."""
    baseline, sarif, short = (out / name for name in ["baseline.json", "marked.sarif", "marked.short"])
    command = [program, "check", "--no-history", root]
    everything = len(load(out / "report.json")["findings"])
    subprocess.run([*command, f"--write-baseline={baseline}"], cwd=folder, check=True, capture_output=True)
    assert len(load(baseline)["findings"]) == everything
    formats = [f"--format=sarif={sarif}", f"--format=short={short}"]
    subprocess.run([*command, f"--baseline={baseline}", *formats], cwd=folder, check=True, capture_output=True)
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(load(sarif))
    states = Counter(result["baselineState"] for result in load(sarif)["runs"][0]["results"])
    assert states == {"unchanged": everything} and short.read_text() == "", states


def sarif_schema(folder):
    """The JSON schema of SARIF 2.1.0, kept next to the installed packages after it was fetched."""
    kept = Path(sys.prefix) / f"{SARIF_OM}.schema.json"
    if not kept.exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--no-binary", ":all:", "--dest", folder, SARIF_OM], check=True)
        with tarfile.open(next(folder.glob("sarif*om-*.tar.gz"))) as archive:
            name = next(name for name in archive.getnames() if re.search(r"/sarif-2\.1\.0[^/]*\.json$", name))
            text = archive.extractfile(name).read()
        fetched = kept.with_suffix(".part")
        fetched.write_bytes(text)
        os.replace(fetched, kept)
    return load(kept)


def main(program):
    program = str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        schema = sarif_schema(folder)
        hostile, out = folder / "hostile", folder / "out"
        hostile.mkdir()
        out.mkdir()
        # The root of a repository, so that every format names files alike.
        (hostile / ".git").mkdir()
        corpus(hostile)
        count = read_all(check(program, hostile, "docs", out), hostile, schema)
        assert count >= 2 * len(NAMES), f"{count} findings"
        fixable = sum("fixes" in finding for finding in load(out / "report.json")["findings"])
        assert fixable == len(NAMES), f"{fixable} findings with fixes"
        read_marked(program, hostile, "docs", out, schema)
        handbook = FIXTURES.parent
        count += read_all(check(program, handbook, "fixtures/handbook", out), handbook, schema)
    print(f"{count} findings read back from {len(FORMATS)} formats")


if __name__ == "__main__":
    main(*sys.argv[1:])
