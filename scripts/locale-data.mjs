// Writes crates/quantities/locales/<locale>.yaml from CLDR's JSON packages: separators, month and weekday names, day periods,
// unit and currency names in every plural and case, and number words from the rule-based number formats.
//
//   npm install --prefix DIR cldr-core cldr-dates-full cldr-numbers-full cldr-rbnf cldr-units-full
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
  "graphics-pixel": "px", "power-watt": "W", "power-kilowatt": "kW", "electric-volt": "V", "volume-liter": "L",
  "speed-kilometer-per-hour": "km/h",
};
// Languages whose words for 11 to 99 are put together from those up to ten, with no space between.
const POSITIONAL = new Set(["ja", "zh", "zh-Hant"]);
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
  if (!exists(file)) return {};
  const speller = new Speller(file, cldr.split("-")[0]);
  const cardinalNames = speller.names(/^%spellout-(cardinal|numbering)(?!-year)/).filter((name) => !/year|days/.test(name));
  const ordinalNames = speller.names(/^%spellout-ordinal/);
  const cardinals = {}, ordinals = {}, magnitudes = {};
  const top = POSITIONAL.has(locale) ? 10 : 99;
  for (let n = 0; n <= top; n++) cardinals[n] = spellings(speller, cardinalNames, n);
  if (!POSITIONAL.has(locale)) for (let n = 100; n <= 900; n += 100) cardinals[n] = spellings(speller, cardinalNames, n);
  for (let n = 1; n <= (POSITIONAL.has(locale) ? 10 : 31); n++) ordinals[n] = spellings(speller, ordinalNames, n);
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
  return { months, weekdays, day_periods: periods, date_order: order, time_separator: (typeof time === "string" ? time : time._value).includes(".") ? "." : ":" };
}

function symbols(cldr) {
  const numbers = json(`cldr-numbers-full/main/${cldr}/numbers.json`).main[cldr].numbers;
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
    found[name] = words(texts).filter((t) => !/^[′″'"]$/.test(t));
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

const text = (value) => JSON.stringify(value);
const flow = (value) => Array.isArray(value) ? `[${value.map(flow).join(", ")}]`
  : typeof value === "object" ? `{${Object.entries(value).map(([k, v]) => `${text(k)}: ${flow(v)}`).join(", ")}}` : text(value);

for (const [locale, cldr] of LOCALES) {
  const s = symbols(cldr), d = dates(cldr);
  const data = { decimal: s.decimal, group: [s.group], date_order: d.date_order, time_separator: d.time_separator,
    regions: regions(cldr, { ...s, date_order: d.date_order }), months: d.months, weekdays: d.weekdays,
    day_periods: d.day_periods, ...units(cldr), currencies: currencies(cldr), ...numberWords(locale, cldr) };
  const version = json("cldr-core/package.json").version;
  let yaml = `# Generated from CLDR ${version} by scripts/locale-data.mjs; for what is not in CLDR, see ${locale}.idioms.yaml.\n`;
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
