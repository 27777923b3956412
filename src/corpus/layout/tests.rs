use super::*;
use crate::corpus::head::Head;
use crate::corpus::walk::Root;
use crate::corpus::walk::WalkedFile;
use crate::corpus::walk::path_order;
use crate::finding::NoticeLevel;
use camino::Utf8Path;
use isogloss_text::Locale;

/// Places files that are not on disk: `(root, files)`; a root may be `LOCALE=PATH`.
fn place_with(
    roots: &[(&str, &[&str])],
    ids: &[(&str, Head)],
    source: Option<&str>,
    locales: &[&str],
    choice: &Choice,
) -> (Vec<String>, Placed) {
    let parsed: Vec<Root> = roots
        .iter()
        .map(|(root, _)| match root.split_once('=') {
            Some((locale, path)) => Root { locale: Locale::parse(locale), path: path.into() },
            None => Root { locale: None, path: (*root).into() },
        })
        .collect();
    let mut files: Vec<WalkedFile> = Vec::new();
    for (at, (_, below)) in roots.iter().enumerate() {
        for relative in *below {
            let path = parsed[at].path.join(relative);
            files.push(WalkedFile { path, relative: (*relative).into(), root: at });
        }
    }
    files.sort_by(|a, b| a.root.cmp(&b.root).then(path_order(a.relative.as_str(), b.relative.as_str())));
    let head = |file: &WalkedFile| ids.iter().find(|(path, _)| file.path == *path).map(|(_, head)| head.clone());
    let heads: Vec<Head> = files.iter().map(|file| head(file).unwrap_or_default()).collect();
    let source = source.and_then(Locale::parse);
    let locales: Vec<Locale> = locales.iter().filter_map(|tag| Locale::parse(tag)).collect();
    let placed = place(Request {
        roots: &parsed,
        files: &files,
        heads: &heads,
        source: source.as_ref(),
        locales: &locales,
        choice,
    });
    let shown = files.iter().zip(&placed.files).filter_map(|(file, placement)| {
        let placement = placement.as_ref()?;
        Some(format!("{} = {} {}", file.path, placement.locale, placement.key_path))
    });
    (shown.collect(), placed)
}

fn detect(files: &[&str]) -> (Vec<String>, Placed) {
    place_with(&[("", files)], &[], None, &[], &Choice::Auto)
}

#[track_caller]
fn assert_detected(files: &[&str], layouts: &[&str], source: Option<&str>, expected: &[&str]) {
    let (found, placed) = detect(files);
    assert_eq!(found, expected);
    assert_eq!(placed.layouts, layouts);
    assert_eq!(placed.source.as_ref().map(Locale::as_str), source);
}

#[test]
fn files_are_named_by_countries_too() {
    assert_detected(
        &["README.md", "README_CN.md", "README_zh_TW.md", "README.jp.md", "offices_cn.md"],
        &["suffix"],
        Some("en"),
        &[
            "README.jp.md = ja README.md",
            "README.md = en README.md",
            "README_CN.md = zh-CN README.md",
            "README_zh_TW.md = zh-TW README.md",
            "offices_cn.md = en offices_cn.md",
        ],
    );
}

#[test]
fn every_layout_is_found_by_itself() {
    assert_detected(
        &["content/en/sync.md", "content/fr/sync.md", "content/fr/extra.md", "README.md"],
        &["locale-folders"],
        Some("en"),
        &[
            "content/en/sync.md = en content/sync.md",
            "content/fr/extra.md = fr content/extra.md",
            "content/fr/sync.md = fr content/sync.md",
        ],
    );
    assert_detected(
        &["docs/en/docs/a.md", "docs/pt-br/docs/a.md"],
        &["locale-folders"],
        Some("en"),
        &["docs/en/docs/a.md = en docs/docs/a.md", "docs/pt-br/docs/a.md = pt-BR docs/docs/a.md"],
    );
    assert_detected(
        &["guides/sync.md", "index.md", "id/guides/sync.md", "fr/guides/sync.mdx", "fr/index.md", "new/page.md"],
        &["source-at-root"],
        Some("en"),
        &[
            "fr/guides/sync.mdx = fr guides/sync.mdx",
            "fr/index.md = fr index.md",
            "guides/sync.md = en guides/sync.md",
            "id/guides/sync.md = id guides/sync.md",
            "index.md = en index.md",
        ],
    );
    assert_detected(
        &["docs.en/a.md", "docs.fr-FR/a.md", "docs.fr-FR/b/c.md", "other/a.md"],
        &["sibling-roots"],
        Some("en"),
        &["docs.en/a.md = en docs/a.md", "docs.fr-FR/a.md = fr-FR docs/a.md", "docs.fr-FR/b/c.md = fr-FR docs/b/c.md"],
    );
    assert_detected(
        &["docs/guide.md", "docs-fr/guide.md", "docs-zh-Hans/guide.md"],
        &["sibling-roots"],
        Some("en"),
        &[
            "docs/guide.md = en docs/guide.md",
            "docs-fr/guide.md = fr docs/guide.md",
            "docs-zh-Hans/guide.md = zh-Hans docs/guide.md",
        ],
    );
    assert_detected(
        &["posts/a.md", "posts/a.fr.md", "posts/b.md", "posts/b.pt-br.md", "posts/c.md", "notes/d.md"],
        &["suffix"],
        Some("en"),
        &[
            "posts/a.fr.md = fr posts/a.md",
            "posts/a.md = en posts/a.md",
            "posts/b.md = en posts/b.md",
            "posts/b.pt-br.md = pt-BR posts/b.md",
            "posts/c.md = en posts/c.md",
        ],
    );
    assert_detected(
        &[
            "a/README_en-US.md",
            "a/README_zh-CN.md",
            "a/notes.md",
            "b/guide_en.md",
            "user.md",
            "user_id.md",
            "b/user_id.md",
            "b/user_doc.md",
        ],
        &["suffix"],
        Some("en-US"),
        &["a/README_en-US.md = en-US a/README.md", "a/README_zh-CN.md = zh-CN a/README.md"],
    );
    assert_detected(
        &["a.en.md", "a.fr.md", "loose.md"],
        &["suffix"],
        Some("en"),
        &["a.en.md = en a.md", "a.fr.md = fr a.md"],
    );
}

#[test]
fn docusaurus_is_found_with_its_plugins_and_versions() {
    let plugin = "site/i18n/fr/docusaurus-plugin-content-";
    let files = [
        "site/docs/a.md",
        "site/blog/b.md",
        "site/src/pages/c.md",
        "site/src/other.md",
        "site/versioned_docs/version-1.0/a.md",
        "site/community/d.md",
        "README.md",
        &format!("{plugin}docs/current/a.md"),
        &format!("{plugin}docs/version-1.0/a.md"),
        &format!("{plugin}blog/b.md"),
        &format!("{plugin}pages/c.md"),
        &format!("{plugin}docs-community/current/d.md"),
    ];
    let (found, placed) = detect(&files);
    assert_eq!(placed.layouts, ["docusaurus"]);
    let keys: Vec<&str> = found.iter().filter_map(|line| line.split_once(" = en ")).map(|(_, key)| key).collect();
    assert_eq!(
        keys,
        [
            "site/blog/b.md",
            "site/community/d.md",
            "site/docs/a.md",
            "site/src/pages/c.md",
            "site/versioned_docs/version-1.0/a.md"
        ]
    );
    for key in keys {
        assert!(found.iter().any(|line| line.ends_with(&format!(" = fr {key}"))), "{key} {found:#?}");
    }
}

#[test]
fn folders_that_only_look_like_locales_are_none() {
    let cases: &[&[&str]] = &[
        // Words and abbreviations.
        &["docs/id/index.md", "docs/it/index.md", "docs/go/index.md"],
        &["sdk/go/start.md", "sdk/io/start.md", "sdk/no/start.md"],
        &["languages/cpp/exporters.md", "languages/php/exporters.md", "languages/java/exporters.md"],
        &["api/auth.md", "sdk/auth.md", "src/auth.md"],
        &["api/index.md", "index.md", "it/index.md", "it/network.md"],
        // Country codes: most of the folders with these pages are not languages.
        &[
            "offices/de/visit.md",
            "offices/fr/visit.md",
            "offices/us/visit.md",
            "offices/cn/visit.md",
            "offices/jp/visit.md",
        ],
        // Real tags that mirror nothing.
        &["content/fr/a.md", "content/de/b.md", "content/en/c.md"],
        &["fr/a.md"],
        &["plug-in/setup.md", "add-on/setup.md", "sign-in/setup.md"],
        &["tidewater.io/readme.md", "larkspur.io/readme.md"],
        &["release.1.md", "notes.io.md", "notes.md"],
        &[],
    ];
    for files in cases {
        let (found, placed) = detect(files);
        assert_eq!(found, [] as [&str; 0], "{files:?}");
        assert_eq!(placed.notices.len(), 1);
        assert!(placed.notices.iter().all(|notice| notice.level == NoticeLevel::Incomplete));
    }
}

#[test]
fn folders_that_look_like_locales_next_to_real_ones_are_excluded() {
    assert_detected(
        &[
            "docs/en/start.md",
            "docs/fr/start.md",
            "docs/fr/api/auth.md",
            "docs/api/auth.md",
            "docs/sdk/index.md",
            "docs/it/start.md",
            "docs/en/languages/cpp/use.md",
            "docs/en/languages/php/use.md",
        ],
        &["locale-folders"],
        Some("en"),
        &[
            "docs/en/languages/cpp/use.md = en docs/languages/cpp/use.md",
            "docs/en/languages/php/use.md = en docs/languages/php/use.md",
            "docs/en/start.md = en docs/start.md",
            "docs/fr/api/auth.md = fr docs/api/auth.md",
            "docs/fr/start.md = fr docs/start.md",
            "docs/it/start.md = it docs/start.md",
        ],
    );
}

#[test]
fn a_tree_may_hold_several_layouts() {
    let (found, placed) = detect(&[
        "README.md",
        "README.fr.md",
        "CONTRIBUTING.md",
        "content/en/a.md",
        "content/fr/a.md",
        "handbook/b.md",
        "handbook/de/b.md",
        "docs-en/a.md",
        "docs-sv/a.md",
    ]);
    assert_eq!(placed.layouts, ["sibling-roots", "locale-folders", "source-at-root", "suffix"]);
    assert_eq!(found.len(), 8, "{found:#?}");
    let families: std::collections::BTreeSet<usize> = placed.files.iter().flatten().map(|file| file.family).collect();
    assert_eq!(families.len(), 4);
    assert_eq!(placed.notices.len(), 2);
    assert_eq!(placed.notices[1].message, "skipped 1 document: locale not recognized (first: `CONTRIBUTING.md`)");
}

#[test]
fn a_start_page_next_to_an_english_folder_is_no_source() {
    assert_detected(
        &["index.md", "README.md", "en/index.md", "en/a.md", "fr/index.md", "fr/a.md"],
        &["locale-folders"],
        Some("en"),
        &["en/a.md = en a.md", "en/index.md = en index.md", "fr/a.md = fr a.md", "fr/index.md = fr index.md"],
    );
    // A whole site next to an English folder is in another, unknown language.
    let files = ["index.md", "a.md", "b.md", "en/index.md", "en/a.md", "en/b.md"];
    let (_, placed) = detect(&files);
    assert_eq!(placed.source.unwrap().as_str(), "und");
    let (found, placed) = place_with(&[("", &files)], &[], Some("zh-CN"), &[], &Choice::Auto);
    assert_eq!((found[0].as_str(), placed.source.unwrap().as_str()), ("a.md = zh-CN a.md", "zh-CN"));
    let head = Head { locale: Some("ja".to_owned()), ..Head::default() };
    let (_, placed) = place_with(&[("", &files)], &[("a.md", head)], None, &[], &Choice::Auto);
    assert_eq!(placed.source.unwrap().as_str(), "ja");
}

#[test]
fn roots_get_their_locale_explicitly_or_from_their_name() {
    type Case<'case> = (&'case [(&'case str, &'case [&'case str])], Option<&'case str>, &'case [&'case str]);
    let cases: &[Case<'_>] = &[
        (
            &[("fr=site", &["a.md"]), ("en=other", &["a.md"])],
            Some("en"),
            &["site/a.md = fr a.md", "other/a.md = en a.md"],
        ),
        (
            &[("x/docs.en", &["a.md"]), ("y/docs.fr-FR", &["b.md"])],
            Some("en"),
            &["x/docs.en/a.md = en a.md", "y/docs.fr-FR/b.md = fr-FR b.md"],
        ),
        (
            &[("docs", &["a.md"]), ("docs-fr", &["a.md"])],
            Some("en"),
            &["docs/a.md = en a.md", "docs-fr/a.md = fr a.md"],
        ),
        (
            &[("content/en", &["a.md"]), ("content/id", &["a.md"])],
            Some("en"),
            &["content/en/a.md = en a.md", "content/id/a.md = id a.md"],
        ),
        (&[("docs.fr", &["a.md", "id/x.md"])], None, &["docs.fr/a.md = fr a.md", "docs.fr/id/x.md = fr id/x.md"]),
        (&[("it", &["en/a.md", "fr/a.md"])], Some("en"), &["it/en/a.md = en a.md", "it/fr/a.md = fr a.md"]),
        (&[("api", &["x.md"]), ("sdk", &["y.md"])], None, &[]),
        (
            &[("a.en", &["x.md"]), ("a.fr", &["x.md"]), ("b.en", &["x.md"]), ("b.fr", &["x.md"])],
            Some("en"),
            &["a.en/x.md = en a/x.md", "a.fr/x.md = fr a/x.md", "b.en/x.md = en b/x.md", "b.fr/x.md = fr b/x.md"],
        ),
        (
            &[("a", &["en/x.md", "fr/x.md"]), ("b", &["en/x.md", "fr/x.md"])],
            Some("en"),
            &["a/en/x.md = en a/x.md", "a/fr/x.md = fr a/x.md", "b/en/x.md = en b/x.md", "b/fr/x.md = fr b/x.md"],
        ),
    ];
    for (roots, source, expected) in cases {
        let (found, placed) = place_with(roots, &[], None, &[], &Choice::Auto);
        assert_eq!(found, *expected);
        assert_eq!(placed.source.as_ref().map(Locale::as_str), *source, "{roots:?}");
    }
}

#[test]
fn ids_prove_locales_whose_paths_are_translated() {
    let id = |id: &str| Head { id: Some(id.to_owned()), ..Head::default() };
    let heads = [("en/sync.md", id("a1")), ("fr/synchroniser.md", id("a1"))];
    let (found, _) = place_with(&[("", &["en/sync.md", "fr/synchroniser.md"])], &heads, None, &[], &Choice::Auto);
    assert_eq!(found, ["en/sync.md = en sync.md", "fr/synchroniser.md = fr synchroniser.md"]);
}

#[test]
fn documents_may_name_their_language_themselves() {
    let lang = |lang: &str| Head { locale: Some(lang.to_owned()), ..Head::default() };
    let heads = [("p/one.md", lang("fr")), ("p/two.md", lang("English"))];
    let (found, placed) = place_with(&[("p", &["one.md", "two.md"])], &heads, None, &[], &Choice::Auto);
    assert_eq!(found, ["p/one.md = fr one.md"]);
    assert_eq!(placed.layouts, ["front-matter"]);
}

#[test]
fn what_was_said_needs_no_proof() {
    let files: &[&str] = &["it/a.md", "id/b.md", "api/a.md", "fr/a.md"];
    let (found, _) = place_with(&[("", files)], &[], None, &["it", "id"], &Choice::Named("locale-folders"));
    assert_eq!(found, ["id/b.md = id b.md", "it/a.md = it a.md"]);
    let pattern = Choice::Pattern(Pattern::parse("**/{locale}/{path}").unwrap());
    let (found, placed) = place_with(&[("", &["x/fr/a.md", "x/en/a.md", "x/docs/a.md"])], &[], None, &[], &pattern);
    assert_eq!(found, ["x/en/a.md = en x/a.md", "x/fr/a.md = fr x/a.md"]);
    assert_eq!(placed.layouts, ["pattern"]);
    let (found, placed) = place_with(&[("", &["a.md"])], &[], None, &[], &pattern);
    assert_eq!((found.len(), placed.notices[0].level), (0, NoticeLevel::Incomplete));
}

#[test]
fn the_source_is_what_was_said_or_its_only_form_or_english() {
    for (locales, source, expected) in [
        (&["en", "en-GB", "fr"][..], None, Some("en")),
        (&["en-GB", "en-US", "fr"], None, Some("en-US")),
        (&["en-GB", "fr"], None, Some("en-GB")),
        (&["es", "fr"], None, None),
        (&["es", "fr"], Some("en"), Some("en")),
        (&["en-US", "fr"], Some("en"), Some("en-US")),
        (&["en-US", "en-GB", "fr"], Some("en"), Some("en")),
    ] {
        let files: Vec<String> = locales.iter().map(|locale| format!("{locale}/page.md")).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let (_, placed) = place_with(&[("", &files)], &[], source, &[], &Choice::Auto);
        assert_eq!(placed.source.as_ref().map(Locale::as_str), expected, "{locales:?} {source:?}");
    }
}

#[test]
fn deep_and_odd_paths_are_no_trouble() {
    let deep = format!("{}a.md", "fr/".repeat(300));
    let other = format!("{}a.md", "en/".repeat(300));
    let (found, _) = detect(&[&deep, &other, "日本/é.md", ".md", "fr/.md", "a..md", "x.fr.md", ".fr.md"]);
    assert!(found.len() >= 2, "{found:?}");
}

#[test]
fn folders_next_to_a_root_are_named_alike() {
    let temporary = tempfile::tempdir().unwrap();
    let above = Utf8Path::from_path(temporary.path()).unwrap();
    for folder in ["docs.sv-SE", "docs.en", "docs.fr-FR", "help.de", "docs", "docs.old"] {
        std::fs::create_dir(above.join(folder)).unwrap();
    }
    std::fs::write(above.join("docs.de"), "").unwrap();
    let named = |root: &str| siblings(&above.join(root)).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(named("docs.en"), ["docs.en", "docs.fr-FR", "docs.sv-SE"]);
    assert!(named("docs").is_empty() && named("gone.en").is_empty());
}
