// Corpora for the page to be about: a small one with everything in it, and one with ten thousand findings.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const HOSTILE = [
  "</script><script>globalThis.stolen = 1</script>",
  "<!--<script> <img src=x onerror=globalThis.stolen=1>",
  "\u2028\u2029 \u202E \u001B[31m {{data}} \\u003c",
];

function write(folder, path, text) {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * English, French, Arabic and Japanese, in a repository: numbers that differ, paragraphs that are missing, surplus or made
 * from an older text, a page that is not translated, and text that tries to be markup.
 */
export function smallCorpus(folder) {
  const git = (...words) => {
    const who = ["-c", "user.name=Larkspur", "-c", "user.email=docs@larkspur.example"];
    return execFileSync("git", [...who, ...words], { cwd: folder, encoding: "utf8" }).trim();
  };
  const english = (last) => `# Plans

Tidewater keeps 30 versions of every file, and Larkspur answers within 4 hours.

Support is closed on public holidays.

${last}
`;
  git("init", "--quiet");
  write(folder, "docs/en/guide/plans.md", english("Ask for help at any time: Harbour includes `tidewater sync` for every folder."));
  write(folder, "docs/en/guide/alone.md", "# Alone\n\nNobody has translated this.\n");
  HOSTILE.forEach((text, index) => write(folder, `docs/en/hostile/${index}.md`, `# Sync\n\nKeeps 3 files.\n\n${text} end\n`));
  git("add", ".");
  git("commit", "--quiet", "--message", "First");
  const pin = git("rev-parse", "HEAD");
  const front = `---\nsource-git-commit: ${pin}\n---\n`;
  write(folder, "docs/ar/guide/plans.md", `${front}# خطط Tidewater

يحتفظ Tidewater بعدد 30 إصدارًا من كل ملف، وترد Larkspur خلال 6 ساعات.

اطلب المساعدة في أي وقت: تتضمن Harbour الأمر \`tidewater sync\` لكل مجلد.
`);
  write(folder, "docs/fr/guide/plans.md", `${front}# Forfaits

Tidewater garde 20 versions de chaque fichier, et Larkspur répond sous 4 heures.

Le support est fermé les jours fériés.

Demandez de l'aide à tout moment : Harbour comprend \`tidewater sync\` pour chaque dossier.
`);
  HOSTILE.forEach((text, index) => write(folder, `docs/fr/hostile/${index}.md`, `# Synchro\n\nGarde 4 files : ${text}\n`));
  write(folder, "docs/ja/guide/plans.md", english("Harbour では `tidewater sync` がすべてのフォルダーで使えます。"));
  write(folder, "docs/en/guide/plans.md", english("Ask for help whenever you like: Harbour includes `tidewater sync` for every shared folder."));
  git("commit", "--quiet", "--all", "--message", "Second");
}

/** Ten numbers differ in each of 250 pages in four languages. */
export function largeCorpus(folder) {
  const sentences = {
    en: (name, count) => `Harbour ${name} keeps ${count} versions of every file.`,
    de: (name, count) => `Harbour ${name} behält ${count} Versionen jeder Datei.`,
    fr: (name, count) => `Harbour ${name} garde ${count} versions de chaque fichier.`,
    es: (name, count) => `Harbour ${name} guarda ${count} versiones de cada archivo.`,
    sv: (name, count) => `Harbour ${name} behåller ${count} versioner av varje fil.`,
  };
  const page = (sentence, shift) => {
    const lines = Array.from({ length: 10 }, (_, at) => sentence("abcdefghij"[at], 100 + 7 * at + shift));
    return `# Versions\n\n${lines.join("\n\n")}\n`;
  };
  for (let index = 0; index < 250; index += 1) {
    const path = `part-${index % 12}/page-${index}.md`;
    Object.entries(sentences).forEach(([locale, sentence], shift) => write(folder, `docs/${locale}/${path}`, page(sentence, shift)));
  }
}

/** Runs isogloss; the path of the page, and the findings as `json` has them. */
export function check(program, folder, name = "report.html", ...options) {
  const [page, json] = [join(folder, name), join(folder, "report.json")];
  const words = ["check", "--quiet", "--fail-on", "never", ...options, `--format=html=${page}`, `--format=json=${json}`, "docs"];
  const run = spawnSync(program, words, { cwd: folder, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`isogloss ended with ${run.status}: ${run.stderr}`);
  return { page, ...JSON.parse(readFileSync(json, "utf8")) };
}
