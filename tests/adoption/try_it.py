"""Builds the wheel, and runs the README's examples of hooks and CI with it.

    python try_it.py PROGRAM

PROGRAM is the result of `cargo build`; the wheel is built in the same target folder and profile, so that little is compiled
again. Needs the packages in requirements.txt.
"""

import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
MANIFEST = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
VERSION = re.search(r'^version = "(.+)"$', MANIFEST, re.MULTILINE)[1]
REPOSITORY = re.search(r'^repository = "https://github\.com/(.+)"$', MANIFEST, re.MULTILINE)[1]
IDENTITY = {
    "GIT_AUTHOR_NAME": "Tidewater",
    "GIT_AUTHOR_EMAIL": "docs@tidewater.example",
    "GIT_COMMITTER_NAME": "Tidewater",
    "GIT_COMMITTER_EMAIL": "docs@tidewater.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
# Set by a job or hook that runs this script, and would change the output.
SET_BY_OTHERS = ("GIT_", "GITHUB_", "PRE_COMMIT", "NO_COLOR")
ENGLISH = "# Sync\n\nTidewater watches the folder.\n\nIt skips `.tide` files.\n\nA pause lasts 2 hours.\n"
FRENCH = "# Synchro\n\nTidewater surveille le dossier.\n\nElle ignore les fichiers `.tide`.\n\nUne pause dure 2 heures.\n"
CUT = FRENCH.replace("Elle ignore les fichiers `.tide`.\n\n", "")
FAULT = "docs/fr/sync.md:4"


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SET_BY_OTHERS)}
    return {**kept, **IDENTITY, **{name: str(value) for name, value in more.items()}}


def run(command, folder, expected=0, **more):
    """Runs a program, and returns everything that it printed."""
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=environment(**more), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )
    if expected is not None and done.returncode != expected:
        sys.exit(f"{command} ended with {done.returncode} instead of {expected}:\n{done.stdout}")
    return done.stdout


def handbook(folder):
    """A checkout of one page in two languages, without faults."""
    for locale, text in [("en", ENGLISH), ("fr", FRENCH)]:
        (folder / "docs" / locale).mkdir(parents=True)
        (folder / "docs" / locale / "sync.md").write_text(text, encoding="utf-8")
    run(["git", "init", "--quiet", "--initial-branch", "main"], folder)
    commit(folder, "Write")
    return folder


def commit(folder, message, *options, expected=0, **more):
    run(["git", "add", "--all"], folder)
    return run(["git", "commit", "--quiet", "--message", message, *options], folder, expected, **more)


def examples(heading, language):
    """The code blocks in a section of the README."""
    section = README.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def expect(condition, said):
    if not condition:
        sys.exit(f"unexpected:\n{said}")


def build_wheel(program, folder):
    """The wheel of the program, in the version that the README installs."""
    profile = "release" if program.parent.name == "release" else "dev"
    command = [BIN / "maturin", "build", "--quiet", "--locked", "--profile", profile, "--out", folder]
    # Not portable: the release builds for other systems.
    run([*command, "--compatibility", "linux"], ROOT, CARGO_TARGET_DIR=program.parent.parent)
    (wheel,) = folder.glob("*.whl")
    expect(f"isogloss=={VERSION}" in README, f"the README does not install isogloss=={VERSION}")
    return wheel


def install(wheel, folder):
    venv.create(folder, with_pip=True)
    run([folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", wheel], ROOT)
    said = run([folder / "bin/isogloss", "--version"], ROOT)
    expect(said == f"isogloss {VERSION}\n", said)
    archive = folder / f"isogloss-v{VERSION}-here"
    run([sys.executable, ROOT / "scripts/archive.py", wheel, archive], ROOT)
    listed = run(["tar", "--list", "--file", f"{archive}.tar.gz"], ROOT)
    expect("/isogloss\n" in listed and "/LICENSE-MIT\n" in listed, listed)
    return folder / "bin"


def try_plain_hook(folder, programs):
    (hook,) = examples("Before each commit", "sh")
    path = handbook(folder) / ".git/hooks/pre-commit"
    path.write_text(hook, encoding="utf-8")
    path.chmod(0o755)
    (folder / "docs/fr/sync.md").write_text(CUT, encoding="utf-8")
    said = commit(folder, "Cut", expected=1, PATH=f"{programs}:{os.environ['PATH']}")
    expect(FAULT in said, said)


def try_pre_commit(folder, config, **more):
    """The real pre-commit stops a commit with a fault, and lets one without through."""
    handbook(folder)
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    commit(folder, "Configure")
    run([BIN / "pre-commit", "install"], folder, **more)
    french = folder / "docs/fr/sync.md"
    french.write_text(CUT, encoding="utf-8")
    run(["git", "add", "docs"], folder)
    french.write_text(FRENCH, encoding="utf-8")
    said = run(["git", "commit", "--quiet", "--message", "Cut"], folder, 1, **more)
    expect(FAULT in said and "isogloss" in said, said)
    said = commit(folder, "Fix", "--allow-empty", **more)
    expect("Passed" in said, said)
    run(["git", "rm", "--quiet", "docs/en/sync.md"], folder)
    said = run(["git", "commit", "--message", "Drop"], folder, 1, **more)
    expect("error" in said, said)


def try_pre_commit_hooks(folder, programs, dist):
    local, remote = examples("Before each commit", "yaml")
    store = folder / "store"
    try_pre_commit(make(folder / "wheel"), local, PRE_COMMIT_HOME=store, PIP_FIND_LINKS=dist)
    # This repository's hook, with the program that is already built instead of a second build.
    hooks = make(folder / "hooks")
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in manifest:
        expect(hook["language"] == "rust", hook)
        hook["language"] = "system"
    (hooks / ".pre-commit-hooks.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    run(["git", "init", "--quiet"], hooks)
    commit(hooks, "Offer")
    run(["git", "tag", f"v{VERSION}"], hooks)
    config = remote.replace(f"https://github.com/{REPOSITORY}", str(hooks))
    path = f"{programs}:{os.environ['PATH']}"
    try_pre_commit(make(folder / "remote"), config, PRE_COMMIT_HOME=store, PATH=path)


def branch(folder):
    """A pull request's checkout: the branch, and `origin/main` where it forked."""
    handbook(folder)
    run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], folder)
    (folder / "docs/fr/sync.md").write_text(CUT, encoding="utf-8")
    commit(folder, "Cut")
    return folder


def try_action(folder, dist):
    """The action's steps, in order, as the README's workflow calls it."""
    workflow = yaml.safe_load(examples("GitHub", "yaml")[0])
    step = workflow["jobs"]["isogloss"]["steps"][1]
    expect(step["uses"] == f"{REPOSITORY}@v{VERSION}", step)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    inputs = {name: about["default"] for name, about in action["inputs"].items()}
    for name, value in step["with"].items():
        expect(name in inputs, step)
        inputs[name] = value.replace("${{ github.base_ref }}", "main")
    checkout = branch(make(folder / "checkout"))
    paths = folder / "paths"
    paths.touch()
    more = {"RUNNER_TEMP": folder, "GITHUB_PATH": paths, "GITHUB_ACTIONS": "true", "PIP_FIND_LINKS": dist}
    more |= {"GITHUB_STEP_SUMMARY": folder / "summary.md", "PIP_NO_INDEX": 1}
    *before, last = action["runs"]["steps"]
    for step in [*before, last]:
        named = {name: inputs[re.fullmatch(r"\$\{\{ inputs\.(.+) \}\}", value)[1]] for name, value in step["env"].items()}
        path = ":".join([*paths.read_text(encoding="utf-8").split(), os.environ["PATH"]])
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        said = run(script, checkout, 1 if step is last else 0, **more, **named, PATH=path)
    expect("file=docs/fr/sync.md,line=4" in said, said)
    expect("missing-paragraph" in (folder / "summary.md").read_text(encoding="utf-8"), said)


def try_gitlab(folder, dist):
    (job,) = (yaml.safe_load(example)["isogloss"] for example in examples("GitLab", "yaml"))
    venv.create(folder / "image", with_pip=True)
    more = {"PATH": f"{folder / 'image/bin'}:{os.environ['PATH']}", "PIP_FIND_LINKS": dist, "PIP_NO_INDEX": 1}
    checkout = branch(make(folder / "checkout"))
    said = run(["bash", "-ec", "\n".join(job["script"])], checkout, 1, **more)
    expect(FAULT in said, said)
    for report in job["artifacts"]["reports"].values():
        expect((checkout / report).is_file(), said)


def check_schemas(folder):
    """The files that services read, and the README's examples of them, match the services' schemas."""
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    (folder / "workflow.yml").write_text(examples("GitHub", "yaml")[0], encoding="utf-8")
    (folder / "gitlab.yml").write_text(examples("GitLab", "yaml")[0], encoding="utf-8")
    for schema, files in [
        ("vendor.github-workflows", [*workflows, folder / "workflow.yml"]),
        ("vendor.github-actions", [ROOT / "action.yml"]),
        ("vendor.gitlab-ci", [folder / "gitlab.yml"]),
    ]:
        run([BIN / "check-jsonschema", "--builtin-schema", schema, *files], ROOT)
    run([BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], ROOT)


def make(folder):
    folder.mkdir(parents=True)
    return folder


def main(program):
    with tempfile.TemporaryDirectory() as temporary:
        temporary = Path(temporary).resolve()
        check_schemas(make(temporary / "schemas"))
        dist = make(temporary / "dist")
        programs = install(build_wheel(Path(program).resolve(), dist), temporary / "installed")
        try_plain_hook(make(temporary / "plain"), programs)
        try_pre_commit_hooks(temporary / "pre-commit", programs, dist)
        try_action(make(temporary / "action"), dist)
        try_gitlab(make(temporary / "gitlab"), dist)
    print("the wheel, the hooks, the action and the job work as the README says")


if __name__ == "__main__":
    main(*sys.argv[1:])
