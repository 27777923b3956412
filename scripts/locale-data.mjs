// Writes crates/quantities/locales/<locale>.yaml from CLDR's JSON packages: separators, month and weekday names, day periods,
// unit and currency names in every plural and case, and number words from the rule-based number formats.
//
//   npm install --prefix DIR cldr-{core,dates-full,numbers-full,rbnf,units-full}@48.2.0
//   node scripts/locale-data.mjs DIR/node_modules
//
// What CLDR does not have (articles, idioms, connecting words) is kept by hand in <locale>.idioms.yaml.
import fs from "node:fs";
import path from "node:path";

const modules = process.argv[2];
if (!modules) throw new Error("usage: node scripts/locale-data.mjs NODE_MODULES");
const out = path.join(import.meta.dirname, "../crates/quantities/locales");
const json = (name) => JSON.parse(fs.readFileSync(path.join(modules, name), "utf8"));
const exists = (name) => fs.existsSync(path.join(modules, name));

// Our name of each locale, and CLDR's where it differs.
const LOCALES = ("ar bg bn ca cs da de el en es fa fi fr he hi hr hu id it ja ko lt nb nl pl pt ro ru sk sl sr sv th tr uk vi zh " +
  "zh-Hant").split(" ").map((name) => [name, { nb: "no" }[name] ?? name]);
// Languages whose words nobody has read in real documents yet: what may be something else as well is left out (`careful`).
const UNPROVEN = ("af am as az be bs cy et eu fil ga gl gu hy is ka kk km kn ky lo lv mk ml mn mr ms my ne or pa ps sd si sq sw ta " +
  "te tk ur uz zu").split(" ");
const CURRENCIES = ("AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CRC CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR ISK JPY KES KRW LAK " +
  "LKR MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR").split(" ");
const UNITS = {
  "duration-decade": "decade", "duration-year": "year", "duration-quarter": "quarter", "duration-month": "month",
  "duration-week": "week", "duration-day": "day", "duration-hour": "hour", "duration-minute": "minute",
  "duration-second": "second", "duration-millisecond": "ms", "duration-microsecond": "us", "duration-nanosecond": "ns",
  "digital-petabyte": "PB", "digital-terabyte": "TB", "digital-terabit": "Tbit", "digital-gigabyte": "GB",
  "digital-gigabit": "Gbit", "digital-megabyte": "MB", "digital-megabit": "Mbit", "digital-kilobyte": "kB",
  "digital-kilobit": "kbit", "digital-byte": "B", "digital-bit": "bit",
  "length-kilometer": "km", "length-meter": "m", "length-centimeter": "cm", "length-millimeter": "mm",
  "length-mile": "mi", "length-yard": "yd", "length-foot": "ft", "length-inch": "in",
  "mass-kilogram": "kg", "mass-gram": "g", "mass-pound": "lb", "mass-ounce": "oz",
  "temperature-celsius": "°C", "temperature-fahrenheit": "°F", "temperature-kelvin": "K",
  "frequency-gigahertz": "GHz", "frequency-megahertz": "MHz", "frequency-kilohertz": "kHz", "frequency-hertz": "Hz",
  "graphics-pixel": "px", "graphics-megapixel": "MP", "power-watt": "W", "power-kilowatt": "kW", "electric-volt": "V", "volume-liter": "L",
  "speed-kilometer-per-hour": "km/h",
};
// Languages whose words for 11 to 99 are put together from those up to ten, with no space between.
const POSITIONAL = new Set(["ja", "zh", "zh-Hant"]);
// Burmese has one word for two and for a year, and no spaces around them; the Amharic rules put "two ten" for twenty.
const WITHOUT_NUMBER_WORDS = new Set(["am", "my"]);
// What usually means something else: "none", "empty", "null", "there is", Mac computers.
const OTHER_WORDS = { af: ["nul"], cy: ["dim"], et: ["null"], fil: ["may", "walâ"], is: ["núll"], ms: ["kosong", "mac"] };
const MAGNITUDES = [100, 1000, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e12];

/** Spells numbers by a locale's rule-based number format (UTS 35, part 3). */
class Speller {
  constructor(file, language) {
    this.rules = {};
    const groups = json(file).rbnf.rbnf;
    for (const group of Object.values(groups)) {
      for (const [name, rules] of Object.entries(group)) {
        if (!Array.isArray(rules)) continue;
        this.rules[name] = rules.filter(([base]) => /^\d/.test(base)).map(([base, text]) => {
          const [value, radix] = base.replace(/[>,.]/g, "").split("/").map(Number);
          const r = radix ?? 10;
          let divisor = 1;
          while (value && divisor * r <= value) divisor *= r;
          return { value, divisor, text: text.replace(/;$/, "").replace(/^'/, "") };
        });
      }
    }
    this.plural = { cardinal: new Intl.PluralRules(language), ordinal: new Intl.PluralRules(language, { type: "ordinal" }) };
  }
  names(pattern) { return Object.keys(this.rules).filter((name) => pattern.test(name)); }
  spell(name, n, depth = 0) {
    const rules = this.rules[name];
    if (!rules || depth > 12) return undefined;
    let at = rules.findLastIndex((rule) => rule.value <= n);
    if (at < 0) return undefined;
    let rule = rules[at];
    if (/←/.test(rule.text) && /→/.test(rule.text) && n % rule.divisor === 0 && rule.value % rule.divisor !== 0) rule = rules[at - 1];
    return this.expand(name, rule, n, depth);
  }
  expand(name, rule, n, depth) {
    const rest = n % rule.divisor, whole = Math.floor(n / rule.divisor);
    let failed = false;
    const sub = (target, value) => {
      if (/^[#0]/.test(target)) return String(value);
      const text = this.spell(target || name, value, depth + 1);
      if (text === undefined) failed = true;
      return text ?? "";
    };
    const text = rule.text
      .replace(/\[([^\]]*)\]/g, (_, inner) => (rest === 0 && rule.value > 0 ? "" : inner))
      .replace(/\$\((cardinal|ordinal),([^)]*)\)\$/g, (_, type, cases) => {
        const of = Object.fromEntries([...cases.matchAll(/(\w+)\{([^}]*)\}/g)].map((m) => [m[1], m[2]]));
        return of[this.plural[type].select(type === "cardinal" ? whole : n)] ?? of.other ?? "";
      })
      .replace(/←([^←]*)←/g, (_, target) => sub(target, whole))
      .replace(/→([^→]*)→/g, (_, target) => sub(target, rest))
      .replace(/=([^=]*)=/g, (_, target) => sub(target, n));
    return failed ? undefined : text;
  }
}

const clean = (text) => text?.replace(/[\u00ad\u200b-\u200f\u061c\u2066-\u2069]/g, "").replace(/[\u00a0\u202f\s]+/g, " ").trim();
const words = (texts) => [...new Set(texts.map(clean).filter((t) => t && !/\d|[#0]/.test(t)).map((t) => t.toLowerCase()))];
const spellings = (speller, names, n) => words(names.map((name) => speller.spell(name, n) ?? ""));

function numberWords(locale, cldr) {
  const file = `cldr-rbnf/rbnf/${cldr === "pt" ? "pt" : cldr}.json`;
  if (!exists(file) || WITHOUT_NUMBER_WORDS.has(locale)) return {};
  const speller = new Speller(file, cldr.split("-")[0]);
  const cardinalNames = speller.names(/^%spellout-(cardinal|numbering)(?!-year)/).filter((name) => !/year|days/.test(name));
  const ordinalNames = speller.names(/^%spellout-ordinal/);
  const cardinals = {}, ordinals = {}, magnitudes = {};
  const top = POSITIONAL.has(locale) ? 10 : 99;
  for (let n = 0; n <= top; n++) cardinals[n] = spellings(speller, cardinalNames, n);
  if (!POSITIONAL.has(locale)) for (let n = 100; n <= 900; n += 100) cardinals[n] = spellings(speller, cardinalNames, n);
  for (let n = 1; n <= (POSITIONAL.has(locale) ? 10 : 31); n++) ordinals[n] = spellings(speller, ordinalNames, n);
  if (locale === "ar") addArabicCases(cardinals);
  const plain = (text) => !Object.values(cardinals).some((forms) => forms.includes(text));
  for (const size of MAGNITUDES) {
    const found = [];
    for (const factor of [1, 2, 3, 5]) {
      for (const name of cardinalNames) {
        const text = words([speller.spell(name, factor * size) ?? ""])[0];
        if (!text) continue;
        for (const form of [...cardinals[factor]].sort((a, b) => b.length - a.length)) {
          if (text.startsWith(form) && text.length > form.length) { found.push(text.slice(form.length).replace(/^[\s-]+/, "")); break; }
        }
        if (factor === 1 && !text.includes(" ")) found.push(text);
      }
    }
    const whole = new Set(found);
    const one = cardinals[1];
    // "one hundred" in one word is "hundred" with its factor.
    const factored = (w) => one.some((form) => w.startsWith(form) && whole.has(w.slice(form.length)));
    // A word for ten thousand that is "ten" and "thousand" is no magnitude of its own.
    const smaller = MAGNITUDES.filter((m) => m < size).flatMap((m) => magnitudes[m] ?? []);
    magnitudes[size] = words(found).filter((w) => w.length > (POSITIONAL.has(locale) || locale === "ko" ? 0 : 1) &&
      !factored(w) && !smaller.some((s) => w.endsWith(s)) && (size === 100 || plain(w)) && !w.includes(" "));
  }
  for (const size of MAGNITUDES) if (!magnitudes[size].length) delete magnitudes[size];
  const suffixes = speller.names(/^%digits-ordinal/).flatMap((name) =>
    [1, 2, 3, 4, 8, 11, 21].map((n) => (speller.spell(name, n) ?? "")).filter((t) => /^\d+\D+$/.test(t)).map((t) => t.replace(/^\d+/, "")));
  return { cardinals, ordinals, magnitudes, ordinal_suffixes: words(suffixes).filter((s) => s !== ".") };
}

/** Adds the cases of the Arabic tens, of which the rules have only the nominative, and the ones for feminine nouns. */
function addArabicCases(cardinals) {
  const ones = cardinals[3].concat(...[4, 5, 6, 7, 9].map((n) => cardinals[n]));
  for (let n = 20; n < 100; n++) {
    const feminine = cardinals[n].flatMap((text) => ones.filter((one) => text.startsWith(`${one} `)).map((one) => text.replace("ة", "")));
    const all = [...cardinals[n], ...feminine];
    cardinals[n] = words([...all, ...all.map((text) => text.replace(/ون$/, "ين"))]);
  }
}

/** The words for powers of ten in every plural, from the compact number formats. */
function compactMagnitudes(cldr) {
  const numbers = json(`cldr-numbers-full/main/${cldr}/numbers.json`).main[cldr].numbers;
  const found = {};
  for (const system of new Set(["latn", numbers.defaultNumberingSystem])) for (const width of ["long", "short"]) {
    for (const [key, pattern] of Object.entries(numbers[`decimalFormats-numberSystem-${system}`]?.[width].decimalFormat ?? {})) {
      const [, power] = key.match(/^1(0+)-count-/) ?? [];
      // One pattern for each number of zeros; "0 million" and "00 million" are the same magnitude.
      const text = clean(pattern.split(";")[0].replaceAll("'", ""));
      const zeros = text.match(/^0+|0+$/)?.[0].length;
      if (!power || !zeros) continue;
      const word = text.replace(/^0+|0+$/, "").trim();
      // Most short forms are single letters, and some are other words; those without a vowel are neither.
      const isShort = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]{3,}\.?$/u.test(word) &&
        !/[aeiouyаеёиоуыэюяіїєაეიოუաեէըիոօ]/iu.test(word.normalize("NFD"));
      const size = 10 ** (power.length - zeros + 1);
      // Larger ones are the names of other things, and hardly ever used.
      if (size > MAGNITUDES.at(-1)) continue;
      if (width === "long" ? letters(word) > 1 || /^[\p{L}]$/u.test(word) && /[\p{Script=Han}\p{Script=Hangul}]/u.test(word) : isShort) {
        (found[size] ??= []).push(word);
      }
    }
  }
  return found;
}

function dates(cldr) {
  const calendar = json(`cldr-dates-full/main/${cldr}/ca-gregorian.json`).main[cldr].dates.calendars.gregorian;
  const named = (what, keys) => keys.map((key) => words(["format", "stand-alone"].flatMap((context) =>
    ["wide", "abbreviated"].map((width) => calendar[what][context][width][key]))));
  const months = named("months", [...Array(12).keys()].map((n) => String(n + 1)));
  const weekdays = named("days", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
  const periods = {};
  for (const context of ["format", "stand-alone"]) for (const width of ["wide", "abbreviated"]) {
    for (const [key, name] of Object.entries(calendar.dayPeriods[context][width])) {
      const kind = key.replace(/\d|-alt-variant/g, "");
      (periods[kind] ??= []).push(name);
    }
  }
  for (const kind of Object.keys(periods)) periods[kind] = words(periods[kind]);
  const short = calendar.dateFormats.short;
  const pattern = typeof short === "string" ? short : short._value;
  const order = [...pattern.replace(/'[^']*'/g, "").replace(/[^yMd]/g, "")].filter((c, i, all) => all.indexOf(c) === i).join("").toLowerCase();
  const time = calendar.timeFormats.short;
  const wide = ["months", "days"].flatMap((what) => Object.values(calendar[what])).flatMap((widths) => words(Object.values(widths.wide)));
  return { months, wide, weekdays, day_periods: periods, date_order: order, time_separator: (typeof time === "string" ? time : time._value).includes(".") ? "." : ":" };
}

function symbols(cldr) {
  const numbers = json(`cldr-numbers-full/main/${cldr}/numbers.json`).main[cldr].numbers;
  const own = numbers[`symbols-numberSystem-${numbers.defaultNumberingSystem}`];
  if (UNPROVEN.includes(cldr.split("-")[0]) && own) {
    // As the grammar folds them.
    const folded = (sign) => ({ "٫": ".", "٬": ",", "\u00a0": " ", "\u202f": " ", "’": "'" })[sign] ?? sign;
    return { decimal: folded(own.decimal), group: folded(own.group) };
  }
  const found = numbers["symbols-numberSystem-latn"] ?? numbers[`symbols-numberSystem-${numbers.defaultNumberingSystem}`];
  return { decimal: found.decimal, group: found.group.replace(/[\u00a0\u202f]/, " ") };
}

function units(cldr) {
  const all = json(`cldr-units-full/main/${cldr}/units.json`).main[cldr].units;
  const found = {};
  for (const [key, name] of Object.entries(UNITS)) {
    const texts = [];
    for (const width of ["long", "short", "narrow"]) {
      for (const [form, text] of Object.entries(all[width][key] ?? {})) {
        if (form.includes("count") && /^\{0\}|\{0\}$/.test(text)) texts.push(text.replace("{0}", ""));
      }
    }
    // A bare degree sign may be an angle or a temperature on any scale, and "s" is a second wherever it is a symbol.
    found[name] = words(texts).filter((t) => !/^[′″'"°]$/.test(t) && (t !== "s" || name === "second"));
  }
  const percent = words(Object.entries(all.long["concentr-percent"]).filter(([k]) => k.includes("count")).map(([, t]) => t.replace("{0}", "")));
  return { units: found, percent };
}

function currencies(cldr) {
  const all = json(`cldr-numbers-full/main/${cldr}/currencies.json`).main[cldr].numbers.currencies;
  const found = {};
  for (const code of CURRENCIES) {
    const of = all[code] ?? {};
    const names = Object.entries(of).filter(([k]) => k.startsWith("displayName")).map(([, v]) => v);
    if (of.symbol && of.symbol !== code) names.push(of.symbol);
    found[code] = words(names);
  }
  return found;
}

/** What the regional variants of a language do differently. */
function regions(cldr, own) {
  const found = {};
  for (const folder of fs.readdirSync(path.join(modules, "cldr-dates-full/main")).sort()) {
    const m = folder.match(new RegExp(`^${cldr}-([A-Z]{2})$`));
    if (!m || !exists(`cldr-numbers-full/main/${folder}`)) continue;
    const s = symbols(folder), d = dates(folder);
    const diff = {};
    if (s.decimal !== own.decimal) diff.decimal = s.decimal;
    if (s.group !== own.group) diff.group = [s.group];
    if (d.date_order !== own.date_order) diff.date_order = d.date_order;
    if (Object.keys(diff).length) found[m[1]] = diff;
  }
  return found;
}

const letters = (word) => word.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
const syllables = (word) => [...new Intl.Segmenter().segment(word)].length;
const isUnspaced = (word) => /[\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(word);
/** The surface as the grammar may read it: without accents and without a final full stop. */
const folded = (word) => (/\p{Script=Latin}/u.test(word) ? word.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : word).replace(/\.$/, "");
// Symbols of two letters that are the same units in all languages with the script.
const SYMBOLS = new Set(("km cm mm kg kb mb gb tb pb lb oz ms ns μs px hz kw ft км см мм кг кб мб гб тб пб мс нс мкс гц квт").split(" "));

// Abbreviations of months that are no other words in any of the languages.
const MONTHS = new Set("jan yan feb fev apr avg dek des nov noy okt јан янв фев апр авг сеп окт ноя ное дек".split(" "));

/** The units whose number comes first; all others only confuse, because they seem to belong to the number after them. */
function unitsAfterNumbers(cldr) {
  const all = json(`cldr-units-full/main/${cldr}/units.json`).main[cldr].units;
  const patterns = (width, key) => Object.entries(all[width][key] ?? {}).filter(([form]) => form.includes("count")).map(([, text]) => clean(text));
  const isLed = (key) => patterns("long", key).some((text) => /\S\s*\{0\}/.test(text));
  const timesLed = ["hour", "minute", "day"].some((unit) => isLed(`duration-${unit}`));
  const found = {};
  for (const [key, name] of Object.entries(UNITS)) {
    if (isLed(key) || (timesLed && key.startsWith("duration-"))) continue;
    const surfaces = (width) => words(patterns(width, key).filter((text) => text.startsWith("{0}")).map((text) => text.slice(3))).filter((word) => !word.startsWith("/"));
    const long = surfaces("long").filter((word) => syllables(word) > 1 && letters(word) > 1);
    const short = name === "decade" ? [] : [...surfaces("short"), ...surfaces("narrow")].filter((word) =>
      SYMBOLS.has(word) || letters(word) > 2 || (letters(word) === 2 && word.endsWith(".") && !isUnspaced(word)));
    found[name] = [...new Set([...long, ...short])];
  }
  const percent = words(patterns("long", "concentr-percent").filter((text) => text.startsWith("{0}")).map((text) => text.slice(3)));
  return { units: found, percent: percent.filter((word) => letters(word) > 2) };
}

/** Removes what is too short, and what may mean two things: all its meanings, or only the less important one. */
function careful(locale, data) {
  const numbers = ["cardinals", "ordinals", "magnitudes"];
  // Older spellings of the final consonants of Malayalam.
  const chillus = { "ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്" };
  const older = (word) => word.replace(/[ൺൻർൽൾ]/g, (letter) => chillus[letter]);
  // Spelled with an apostrophe as often as with CLDR's letter; the grammar has one apostrophe.
  const spelled = (list) => [...new Set(list.flatMap((word) => [word, older(word)]).map((word) => word.replace(/i\u0307/g, "i").replace(/(?<=\p{Script=Cyrillic})i/gu, "і")).flatMap((word) => /ʻ/.test(word) ? [word, word.replace(/ʻ/g, "'")] : [word]))];
  const each = (change) => {
    for (const key of ["months", "weekdays"]) data[key] = data[key].map((list, at) => change(key, String(at + 1), list));
    for (const key of ["day_periods", "units", "currencies", ...numbers]) {
      for (const [name, list] of Object.entries(data[key] ?? {})) data[key][name] = change(key, name, list);
    }
    data.percent = change("percent", "percent", data.percent);
  };
  const wide = new Set(data.wide);
  delete data.wide;
  // The Sinhala data has lunar months.
  if (locale === "si") data.months = data.months.map(() => []);
  const isWord = (key, name, word) => {
    if (numbers.includes(key)) {
      // The Lao rules have Thai words.
      return /^[\p{L}\p{M}' ’-]+$/u.test(word) && !/\p{Script=Thai}/u.test(word) && (key !== "magnitudes" || (letters(word) > 2 && !/[^\p{L}\p{M}'’]/u.test(word)));
    }
    if (key === "currencies") return syllables(word) > 1 || !/\p{L}/u.test(word);
    if (key === "months" || key === "weekdays") {
      const isKnown = MONTHS.has(folded(word)) || /^[\p{Script=Armenian}]{3}$/u.test(word);
      if (isUnspaced(word)) return wide.has(word) && letters(word) > 2;
      return letters(word) > (wide.has(word) ? 1 : isKnown ? 2 : 3);
    }
    if (key === "day_periods") return letters(word) > 2 || /^(am|pm)$/.test(word) || /^\p{L}\. ?\p{L}\.$/u.test(word);
    return true;
  };
  each((key, name, list) => spelled(list).filter((word) => isWord(key, name, word) && !OTHER_WORDS[locale]?.includes(word)));
  // The symbols of bits are those of bytes in most languages of CLDR.
  for (const [bits, bytes] of [["bit", "B"], ["kbit", "kB"], ["Mbit", "MB"], ["Gbit", "GB"], ["Tbit", "TB"]]) {
    data.units[bits] = (data.units[bits] ?? []).filter((word) => !data.units[bytes]?.includes(word) && !SYMBOLS.has(word));
  }
  const meaning = (key, name) => {
    if (key === "day_periods") return { am: "am", morning: "am", pm: "pm", afternoon: "pm", evening: "pm" }[name] ?? name;
    // A hundred is the number and the magnitude; the first is not the number one.
    return key === "ordinals" ? `th ${name}` : numbers.includes(key) ? `number ${name}` : `${key} ${name}`;
  };
  const meanings = {};
  const english = fs.readFileSync(path.join(out, "common.yaml"), "utf8");
  const add = (key, name, list) => {
    for (const word of list) (meanings[folded(word)] ??= []).push({ key, is: meaning(key, name) });
    return list;
  };
  each(add);
  // The English words and symbols that are read in every language.
  const months = [...english.match(/^months:\n((?: {2}- .*\n)*)/m)[1].matchAll(/\[(.*)\]/g)].map((m) => m[1].split(", "));
  months.forEach((list, at) => add("months", String(at + 1), list));
  for (const [, name, list] of english.match(/^units:\n((?: {2}.*\n)*)/m)[1].matchAll(/^ {2}"?(.*?)"?: \[(.*)\]/gm)) {
    add("units", name, list.split(", ").map((word) => word.replace(/"/g, "")));
  }
  // What gives way to everything else.
  const rank = (key, is) => ({ ordinals: 1, weekdays: 1, day_periods: 2, currencies: 3 })[key] ?? (/^units (decade|quarter)$/.test(is) ? 1 : 4);
  const dropped = [];
  each((key, name, list) => list.filter((word) => {
    const others = meanings[folded(word)].filter((other) => other.is !== meaning(key, name) && rank(other.key, other.is) >= rank(key, meaning(key, name)));
    if (others.length) dropped.push(`${word} (${meaning(key, name)}, ${others.map((other) => other.is).join(", ")})`);
    return !others.length;
  }));
  if (dropped.length && process.env.VERBOSE) console.log(`  ambiguous: ${dropped.join("; ")}`);
  for (const key of ["units", ...numbers]) {
    for (const name of Object.keys(data[key] ?? {})) if (!data[key][name].length) delete data[key][name];
  }
  if (!data.cardinals) return data;
  if (!["1", "2", "5", "10", "20"].every((n) => data.cardinals[n])) throw new Error("number words are missing");
  // Words for one are articles and pronouns, and other short ones are often something else: nothing but a unit shows it.
  const bound = numbers.slice(0, 2).flatMap((key) => Object.entries(data[key] ?? {}).flatMap(([name, list]) => list.filter((word) =>
    (name !== "1" || key === "ordinals") && (Number(name) <= 10 || letters(word) <= 3 || (isUnspaced(word) && Number(name) <= 100)))));
  const suffixes = data.ordinal_suffixes.filter((suffix) => letters(suffix) > 1 && /^[-'\p{Script=Latin}]/u.test(suffix) && !meanings[folded(suffix)]);
  return { ...data, ordinal_suffixes: suffixes, articles: data.cardinals[1], bound: [...new Set(bound)] };
}

/** Adds the words of the compact formats that are no number yet; a few of them are in the wrong place there. */
function addMagnitudes(data, compact) {
  const isKnown = (word) => [data.magnitudes, data.cardinals].some((lists) => Object.values(lists ?? {}).some((list) => list.includes(word)));
  data.magnitudes ??= {};
  for (const [size, list] of Object.entries(compact)) {
    const added = words(list).filter((word) => !isKnown(word));
    if (added.length) data.magnitudes[size] = [...(data.magnitudes[size] ?? []), ...added];
  }
  if (!Object.keys(data.magnitudes).length) delete data.magnitudes;
}

const text = (value) => JSON.stringify(value);
const flow = (value) => Array.isArray(value) ? `[${value.map(flow).join(", ")}]`
  : typeof value === "object" ? `{${Object.entries(value).map(([k, v]) => `${text(k)}: ${flow(v)}`).join(", ")}}` : text(value);

for (const [locale, cldr] of [...LOCALES, ...UNPROVEN.map((name) => [name, name])]) {
  if (process.env.VERBOSE) console.log(locale);
  const isProven = !UNPROVEN.includes(locale);
  const s = symbols(cldr), d = dates(cldr);
  let data = { decimal: s.decimal, group: [s.group], date_order: d.date_order, time_separator: d.time_separator,
    regions: regions(cldr, { ...s, date_order: d.date_order }), months: d.months, weekdays: d.weekdays,
    day_periods: d.day_periods, ...(isProven ? units : unitsAfterNumbers)(cldr), currencies: currencies(cldr), ...numberWords(locale, cldr) };
  addMagnitudes(data, compactMagnitudes(cldr));
  if (!isProven) data = careful(locale, { ...data, wide: d.wide });
  const version = json("cldr-core/package.json").version;
  let yaml = `# Generated from CLDR ${version} by scripts/locale-data.mjs; for what is not in CLDR, see ${locale}.idioms.yaml.\n`;
  if (!isProven) yaml += "habits: [unproven]\n";
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === "object" && !Array.isArray(value)) {
      yaml += `${key}:\n`;
      const entries = Object.entries(value).filter(([, v]) => !Array.isArray(v) || v.length);
      if (!entries.length) yaml = yaml.replace(/\n$/, " {}\n");
      for (const [k, v] of entries) yaml += `  ${/^[a-z_]+$/i.test(k) && !/^(no|on|y|n|yes|off)$/i.test(k) ? k : text(k)}: ${flow(v)}\n`;
    } else if (Array.isArray(value) && Array.isArray(value[0])) {
      yaml += `${key}:\n` + value.map((v) => `  - ${flow(v)}\n`).join("");
    } else yaml += `${key}: ${flow(value)}\n`;
  }
  fs.writeFileSync(path.join(out, `${locale}.yaml`), yaml);
}
