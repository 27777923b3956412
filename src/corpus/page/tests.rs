use super::*;
use crate::corpus::paths::pairing_path;
use isogloss_text::Locale;

/// Pairs `locale path` or `locale path #id`.
fn corpus(documents: &[&str], source: Option<&str>) -> Corpus {
    let members = documents
        .iter()
        .map(|document| {
            let mut parts = document.split(' ');
            let (locale, path) = (parts.next().unwrap(), parts.next().unwrap());
            Member {
                locale: Locale::parse(locale).unwrap(),
                path: format!("{locale}/{path}").into(),
                key_path: path.into(),
                id: parts.next().map(|id| id[1..].to_owned()),
                pin: None,
                family: 0,
            }
        })
        .collect();
    pair(members, source.and_then(Locale::parse))
}

fn shown(corpus: &Corpus) -> Vec<String> {
    let page = |page: &Page| {
        let members: Vec<&str> = page.members.iter().map(|member| member.path.as_str()).collect();
        format!("{}: {}", page.key, members.join(" "))
    };
    corpus.pages.iter().map(page).collect()
}

#[test]
fn pages_pair_by_id_then_path_then_index() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["en a.md", "fr a.md", "fr b.md"], &["a.md: en/a.md fr/a.md", "b.md: fr/b.md"]),
        (&["en a.md #1", "fr b.md #1", "fr a.md"], &["1: en/a.md fr/b.md", "a.md: fr/a.md"]),
        // A page moved, and another one took its old path.
        (&["en new.md #1", "en old.md #2", "fr old.md #1"], &["1: en/new.md fr/old.md", "2: en/old.md"]),
        (&["en a.md #1", "fr a.md", "de a.md #1"], &["1: de/a.md en/a.md fr/a.md"]),
        (&["en a.md", "fr a.md #1"], &["1: en/a.md fr/a.md"]),
        (&["en a.md", "fr a.mdx", "de a.markdown"], &["a.md: de/a.markdown en/a.md fr/a.mdx"]),
        (&["en a.md", "fr a/index.md", "de a/_index.md"], &["a.md: de/a/_index.md en/a.md fr/a/index.md"]),
        (
            &["en a.md", "en a/index.md", "fr a/README.md"],
            &["a/index.md: en/a/index.md fr/a/README.md", "a.md: en/a.md"],
        ),
        (&["en README.md", "fr index.md"], &["README.md: en/README.md", "index.md: fr/index.md"]),
        (&["en v1.2.md", "fr v1.3.md"], &["v1.2.md: en/v1.2.md", "v1.3.md: fr/v1.3.md"]),
        (&[], &[]),
    ];
    for (documents, expected) in cases {
        assert_eq!(shown(&corpus(documents, Some("en"))), *expected, "{documents:?}");
        let reversed: Vec<&str> = documents.iter().rev().copied().collect();
        assert_eq!(shown(&corpus(&reversed, Some("en"))), *expected, "{documents:?}");
    }
}

#[test]
fn one_path_with_two_ids_is_a_mismatch_unless_the_id_is_found_elsewhere() {
    let found = corpus(&["en a.md #1", "fr a.md #2", "de a.md #1", "sv a.md"], Some("en"));
    assert_eq!(shown(&found), ["1: de/a.md en/a.md fr/a.md sv/a.md"]);
    let [mismatch] = found.id_mismatches.as_slice() else { panic!("{:?}", found.id_mismatches) };
    assert_eq!((mismatch.reference.path.as_str(), mismatch.other.path.as_str()), ("en/a.md", "fr/a.md"));

    let found = corpus(&["en a.md #1", "en b.md #2", "fr a.md #2", "fr b.md #1"], Some("en"));
    assert_eq!(shown(&found), ["1: en/a.md fr/b.md", "2: en/b.md fr/a.md"]);
    assert_eq!(found.id_mismatches, []);
}

#[test]
fn of_two_claims_to_an_id_the_one_that_others_agree_with_is_kept() {
    let found = corpus(&["en a.md #1", "en b.md #1", "fr b.md #1", "fr a.md #1", "de b.md #1"], Some("en"));
    assert_eq!(shown(&found), ["1: de/b.md en/b.md fr/b.md", "a.md: en/a.md fr/a.md"]);
    assert_eq!(found.id_mismatches, []);
    let claims: Vec<(&str, &str)> =
        found.duplicates.iter().map(|claim| (claim.kept.path.as_str(), claim.dropped.path.as_str())).collect();
    assert_eq!(claims, [("en/b.md", "en/a.md"), ("fr/b.md", "fr/a.md")]);
}

#[test]
fn pages_are_missed_only_where_their_source_is() {
    let missing = |corpus: &Corpus| -> Vec<String> {
        let page = |page: &Page| {
            let locales: Vec<&str> = corpus.missing(page).map(Locale::as_str).collect();
            format!("{} {} {}", page.key, locales.join(","), corpus.is_orphan(page))
        };
        corpus.pages.iter().map(page).collect()
    };
    let found = corpus(&["en a.md", "fr a.md", "fr b.md", "de c.md", "en c.md"], Some("en"));
    assert_eq!(missing(&found), ["c.md fr false", "a.md de false", "b.md  true"]);
    // Without source documents, a page in one locale can be missing in any other.
    for source in [None, Some("en")] {
        let found = corpus(&["fr a.md", "de a.md", "fr b.md"], source);
        assert_eq!(missing(&found), ["a.md  false", "b.md de false"]);
    }
}

#[test]
fn a_family_is_missed_nothing_by_the_locales_of_another() {
    let member = |locale: &str, path: &str, family| Member {
        locale: Locale::parse(locale).unwrap(),
        path: path.into(),
        key_path: path.into(),
        id: None,
        pin: None,
        family,
    };
    let members = vec![
        member("en", "a/x.md", 0),
        member("fr", "a/y.md", 0),
        member("en", "b/x.md", 1),
        member("sv", "b/y.md", 1),
    ];
    let found = pair(members, Locale::parse("en"));
    let locales: Vec<Vec<&str>> =
        found.pages.iter().map(|page| found.missing(page).map(Locale::as_str).collect()).collect();
    assert_eq!(locales, [vec!["fr"], vec![], vec!["sv"], vec![]]);
}

#[test]
fn paths_are_recognized_without_extension_and_index() {
    for (path, expected) in [
        ("a.md", "a"),
        ("a/b.c.mdx", "a/b.c"),
        ("a/index.md", "a"),
        ("a/b/_Index.md", "a/b"),
        ("index.md", "index"),
        ("a/readme.md", "a"),
        (".md", ".md"),
        ("a.b/c", "a.b/c"),
        ("", ""),
    ] {
        assert_eq!(pairing_path(path), expected, "{path}");
    }
}
