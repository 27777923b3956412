//! Numbers in tables are compared by row and column, also if these are in another order, lost or shifted; and what shifted is
//! one finding.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::support::Tree;

/// The findings about numbers in a translation, each as its line and its message.
fn numbers(locale: &str, source: &str, translation: &str) -> Vec<String> {
    let path = format!("{locale}/page.md");
    let tree = Tree::new(&[("en/page.md", source), (path.as_str(), translation)]);
    let rules = "sla-mismatch,number-mismatch,date-mismatch";
    let run = tree.isogloss(&["check", "--format", "short", "--source", "en", "--select", rules]);
    let finding = |line: &str| {
        let (place, message) = line.split_once("]: ")?;
        Some(format!("{}: {message}", place.split(':').nth(1)?))
    };
    run.stdout.lines().filter_map(finding).collect()
}

/// A page with a table.
fn page(rows: &[&str]) -> String {
    let cells = rows[0].matches('|').count() - 1;
    let mut page = format!("# Tidewater\n\n{}\n|{}\n", rows[0], " --- |".repeat(cells));
    rows[1..].iter().for_each(|row| writeln!(page, "{row}").unwrap());
    page
}

fn assert_numbers(locale: &str, source: &[&str], translation: &[&str], expected: &[&str]) {
    let found = numbers(locale, &page(source), &page(translation));
    assert_eq!(found, expected, "{locale}: {translation:#?}");
}

const PUMPS: &[&str] = &[
    "| Pump | Peak load | Score | Weight | Reach |",
    "| Heron | 41.20% | 6.15 | 5.40 kg | 88.10% |",
    "| Teal | 52.70% | 7.35 | 4.20 kg | 91.60% |",
    "| Egret | 63.90% | 8.85 | 3.70 kg | 93.40% |",
];

#[test]
fn columns_in_another_order_are_compared_with_their_counterparts() {
    let translations: [(&str, &[&str]); 5] = [
        (
            "de",
            &[
                "| Pumpe | Spitzenlast | Reichweite | Wertung | Gewicht |",
                "| Reiher | 41,20 % | 88,10 % | 6,15 | 5,40 kg |",
                "| Ente | 52,70 % | 91,60 % | 7,35 | 4,20 kg |",
                "| Seidenreiher | 63,90 % | 93,40 % | 8,85 | 3,70 kg |",
            ],
        ),
        (
            "ja",
            &[
                "| 最大負荷 | ポンプ | 評価 | 到達率 | 重量 |",
                "| 41.20% | サギ | 6.15 | 88.10% | 5.40 kg |",
                "| 52.70% | コガモ | 7.35 | 91.60% | 4.20 kg |",
                "| 63.90% | シラサギ | 8.85 | 93.40% | 3.70 kg |",
            ],
        ),
        (
            "ar",
            &[
                "| المضخة | المدى | الوزن | التقييم | الحمل الأقصى |",
                "| بلشون | ٨٨٫١٠٪ | ٥٫٤٠ كغ | ٦٫١٥ | ٤١٫٢٠٪ |",
                "| حذف | ٩١٫٦٠٪ | ٤٫٢٠ كغ | ٧٫٣٥ | ٥٢٫٧٠٪ |",
                "| بلشون أبيض | ٩٣٫٤٠٪ | ٣٫٧٠ كغ | ٨٫٨٥ | ٦٣٫٩٠٪ |",
            ],
        ),
        (
            "uk",
            &[
                "| Насос | Оцінка | Пікове навантаження | Вага | Охоплення |",
                "| Чапля | 6,15 | 41,20 % | 5,40 кг | 88,10 % |",
                "| Чирок | 7,35 | 52,70 % | 4,20 кг | 91,60 % |",
                "| Біла чапля | 8,85 | 63,90 % | 3,70 кг | 93,40 % |",
            ],
        ),
        (
            "ko",
            &[
                "| 펌프 | 점수 | 무게 | 도달률 | 최대 부하 |",
                "| 왜가리 | 6.15 | 5.40kg | 88.10% | 41.20% |",
                "| 쇠오리 | 7.35 | 4.20kg | 91.60% | 52.70% |",
                "| 백로 | 8.85 | 3.70kg | 93.40% | 63.90% |",
            ],
        ),
    ];
    for (locale, translation) in translations {
        assert_numbers(locale, PUMPS, translation, &[]);
    }
}

#[test]
fn a_number_in_a_moved_column_is_found_at_its_place() {
    let german = [
        "| Pumpe | Spitzenlast | Reichweite | Wertung | Gewicht |",
        "| Reiher | 41,20 % | 88,10 % | 6,15 | 5,40 kg |",
        "| Ente | 52,70 % | 91,60 % | 7,35 | 4,80 kg |",
        "| Seidenreiher | 63,90 % | 93,40 % | 8,85 | 3,70 kg |",
    ];
    assert_numbers("de", PUMPS, &german, &["6: 4.8 kg here, 4.2 kg in English"]);
    // A single row shows the order by the kinds of its figures.
    let english = ["| Pump | Peak load | Score | Reach |", "| 12 | 41.20% | 6.15 | 88.10% |"];
    let german = ["| Pumpe | Spitzenlast | Reichweite | Wertung |", "| 12 | 41,20 % | 81,10 % | 6,15 |"];
    assert_numbers("de", &english, &german, &["5: 81.1 % here, 88.1 % in English"]);
}

const TIMES: &[&str] = &[
    "| Plan | Minimum | Maximum |",
    "| Standard | 15 minutes | 90 minutes |",
    "| Business | 10 minutes | 45 minutes |",
    "| Premier | 5 minutes | 30 minutes |",
];

#[test]
fn swapped_figures_are_found() {
    // In one row.
    let french = [
        "| Formule | Minimum | Maximum |",
        "| Standard | 15 minutes | 90 minutes |",
        "| Affaires | 45 minutes | 10 minutes |",
        "| Premier | 5 minutes | 30 minutes |",
    ];
    assert_numbers("fr", TIMES, &french, &["6: 45 minutes here, 10 minutes in English; 1 more differs in this row"]);
    // In a table of one row.
    let one = ["| Plan | First answer | Solution |", "| Standard | 15 minutes | 90 minutes |"];
    let swedish = ["| Plan | Första svar | Lösning |", "| Standard | 90 minuter | 15 minuter |"];
    let found = numbers("sv", &page(&one), &page(&swedish));
    assert_eq!(found.len(), 1, "{found:?}");
    // Of two rows with the same names.
    let spanish = [
        "| Plan | Mínimo | Máximo |",
        "| Standard | 15 minutos | 45 minutos |",
        "| Business | 10 minutos | 90 minutos |",
        "| Premier | 5 minutos | 30 minutos |",
    ];
    assert_numbers(
        "es",
        TIMES,
        &spanish,
        &["5: 45 minutes here, 90 minutes in English", "6: 90 minutes here, 45 minutes in English"],
    );
    // In all rows, below heads that kept their places.
    for (locale, head) in [("fr", "| Formule | Minimum | Maximum |"), ("es", "| Plan | Mínimo | Máximo |")] {
        let unit = if locale == "es" { "minutos" } else { "minutes" };
        let rows = [("Standard", 90, 15), ("Business", 45, 10), ("Premier", 30, 5)];
        let rows = rows.map(|(name, most, least)| format!("| {name} | {most} {unit} | {least} {unit} |"));
        let rows: Vec<&str> = std::iter::once(head).chain(rows.iter().map(String::as_str)).collect();
        assert_numbers(
            locale,
            TIMES,
            &rows,
            &["5: 90 minutes here, 15 minutes in English; 5 more differ in these columns"],
        );
    }
}

#[test]
fn the_columns_around_a_lost_or_extra_one_are_compared() {
    let german = [
        "| Pumpe | Spitzenlast | Gewicht | Reichweite |",
        "| Reiher | 41,20 % | 5,40 kg | 88,10 % |",
        "| Ente | 52,70 % | 4,20 kg | 91,60 % |",
        "| Seidenreiher | 63,90 % | 3,70 kg | 93,40 % |",
    ];
    assert_numbers("de", PUMPS, &german, &[]);
    let wrong = german.map(|row| row.replace("91,60", "19,60"));
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert_numbers("de", PUMPS, &wrong, &["6: 19.6 % here, 91.6 % in English"]);
    let chinese = [
        "| 泵 | 编号 | 峰值负载 | 评分 | 重量 | 覆盖率 |",
        "| 苍鹭 | 17 | 41.20% | 6.15 | 5.40 公斤 | 88.10% |",
        "| 水鸭 | 23 | 52.70% | 7.35 | 4.20 公斤 | 91.60% |",
        "| 白鹭 | 31 | 63.90% | 8.58 | 3.70 公斤 | 93.40% |",
    ];
    assert_numbers("zh", PUMPS, &chinese, &["7: 8.58 here, 8.85 in English"]);
    // Which columns belong together is unknown if no figure shows it.
    let other = [
        "| Pumpe | Druck | Preis | Alter |",
        "| Reiher | 3 bar | 250 € | 17 Jahre |",
        "| Ente | 4 bar | 320 € | 12 Jahre |",
        "| Seidenreiher | 6 bar | 470 € | 9 Jahre |",
    ];
    assert_numbers("de", PUMPS, &other, &[]);
}

#[test]
fn the_lost_column_is_known_by_its_figures() {
    let table = |rows: &[[&str; 4]], skipped: usize| {
        let cells = |row: &[&str; 4]| {
            let cells = row.iter().enumerate().filter(|(column, _)| *column != skipped);
            cells.map(|(_, cell)| format!("<td>{cell}</td>")).collect::<String>()
        };
        let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>\n", cells(row))).collect();
        format!("# Tidewater\n\n<table>\n{rows}</table>\n")
    };
    let english = [
        ["Plan", "Files", "Fee", "Answer"],
        ["Home", "1,200", "€4.50", "<p>48 hours</p>"],
        ["Team", "5,600", "€9.80", "<p>24 hours</p>"],
    ];
    let german = [
        ["Tarif", "Dateien", "Gebühr", "Antwort"],
        ["Zuhause", "1.200", "4,50 €", "<p>48 Stunden</p>"],
        ["Mannschaft", "5.600", "9,80 €", "<p>42 Stunden</p>"],
    ];
    for (skipped, name) in ["Plan", "Files", "Fee"].into_iter().enumerate() {
        let tree = Tree::new(&[("en/page.md", table(&english, 9)), ("de/page.md", table(&german, skipped))]);
        let run = tree.isogloss(&["check", "--format", "short", "--source", "en"]);
        let messages: Vec<&str> =
            run.stdout.lines().filter_map(|line| line.split_once("]: ")).map(|(_, message)| message).collect();
        let lost = format!("missing table column {}: “{name}”", skipped + 1);
        assert_eq!(messages, [&lost, "42 hours here, 24 hours in English"], "{run:?}");
    }
}

const PORTS: &[&str] = &[
    "| Service | Port | Connections |",
    "| `gauge` | 7101 | 40 |",
    "| `pump` | 7204 | 25 |",
    "| `sluice` | 7307 | 60 |",
    "| `valve` | 7412 | 35 |",
    "| `weir` | 7518 | 90 |",
];

#[test]
fn rows_in_another_order_are_compared_by_their_names() {
    let sorted = [
        "| Dienst | Port | Verbindungen |",
        "| `weir` | 7518 | 90 |",
        "| `sluice` | 7307 | 60 |",
        "| `pump` | 7204 | 25 |",
        "| `valve` | 7412 | 35 |",
        "| `gauge` | 7101 | 40 |",
    ];
    assert_numbers("de", PORTS, &sorted, &[]);
    let wrong = sorted.map(|row| row.replace("| 25", "| 52"));
    let wrong: Vec<&str> = wrong.iter().map(String::as_str).collect();
    assert_numbers("de", PORTS, &wrong, &["7: 52 here, 25 in English"]);
    // By name and by column.
    let both = [
        "| ポート | 接続数 | サービス |",
        "| 7518 | 90 | `weir` |",
        "| 7101 | 40 | `gauge` |",
        "| 7307 | 60 | `sluice` |",
        "| 7204 | 25 | `pump` |",
        "| 7412 | 35 | `valve` |",
    ];
    assert_numbers("ja", PORTS, &both, &[]);
}

#[test]
fn cells_that_shifted_are_one_finding() {
    // A pipe ends the cell, and the last one is cut off.
    let english = [
        "| Option | Least | Most | Default |",
        "| `a\\|b` | 5 | 70 | 12 |",
        "| `c` | 6 | 80 | 13 |",
        "| `d` | 7 | 90 | 14 |",
    ];
    let dutch = [
        "| Optie | Minste | Meeste | Standaard |",
        "| `a|b` | 5 | 70 | 12 |",
        "| `c` | 6 | 80 | 13 |",
        "| `d` | 7 | 90 | 14 |",
    ];
    assert_numbers("nl", &english, &dutch, &["5: 5 in English, missing here; 2 more differ in this row"]);
    // A cell was lost.
    let russian = [
        "| Параметр | Минимум | Максимум | По умолчанию |",
        "| `a\\|b` | 70 | 12 |",
        "| `c` | 6 | 80 | 13 |",
        "| `d` | 7 | 90 | 14 |",
    ];
    assert_numbers("ru", &english, &russian, &["5: 70 here, 5 in English; 2 more differ in this row"]);
    // A cell of a column was lost, and those below it moved up.
    let italian = [
        "| Servizio | Porta | Connessioni |",
        "| `gauge` | 7101 | 40 |",
        "| `pump` | 7307 | 25 |",
        "| `sluice` | 7412 | 60 |",
        "| `valve` | 7518 | 35 |",
        "| `weir` | | 90 |",
    ];
    assert_numbers("it", PORTS, &italian, &["6: 7307 here, 7204 in English; 3 more differ in this column"]);
}

#[test]
fn a_column_with_other_figures_is_one_finding() {
    let portuguese = [
        "| Serviço | Porta | Conexões |",
        "| `gauge` | 7101 | 400 |",
        "| `pump` | 7204 | 230 |",
        "| `sluice` | 7307 | 610 |",
        "| `valve` | 7412 | 330 |",
        "| `weir` | 7518 | 990 |",
    ];
    assert_numbers("pt", PORTS, &portuguese, &["5: 400 here, 40 in English; 4 more differ in this column"]);
    // Two of five are two faults.
    let polish = [
        "| Usługa | Port | Połączenia |",
        "| `gauge` | 7101 | 400 |",
        "| `pump` | 7204 | 25 |",
        "| `sluice` | 7307 | 610 |",
        "| `valve` | 7412 | 35 |",
        "| `weir` | 7518 | 90 |",
    ];
    assert_numbers("pl", PORTS, &polish, &["5: 400 here, 40 in English", "7: 610 here, 60 in English"]);
}

#[test]
fn tables_of_any_length_are_fast() {
    let rows = |columns: fn(usize) -> [usize; 3]| {
        let mut rows = "# Tidewater\n\n| A | B | C |\n| --- | --- | --- |\n".to_owned();
        for row in 0..20_000 {
            let [a, b, c] = columns(row);
            writeln!(rows, "| {a} | {b} | {c} |").unwrap();
        }
        rows
    };
    let english = rows(|row| [row * 7 + 1, row * 3 + 100_000, row + 300_000]);
    let start = Instant::now();
    let found = numbers("fr", &english, &rows(|row| [row * 7 + 1, row + 300_000, row * 3 + 100_000]));
    assert_eq!(found, ["5: 300000 here, 100000 in English; 39999 more differ in these columns"]);
    assert!(start.elapsed() < Duration::from_secs(20));
}
