//! The same input gives the same bytes.

use crate::support::{Run, Tree, crate_folder, isogloss};

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let folder = crate_folder();
    for root in ["fixtures/handbook", "fixtures/cases/number-mismatch/bad", "fixtures/cases/sla-mismatch/good"] {
        for format in isogloss::report::FORMATS {
            let run = |jobs| {
                Run::of(&mut isogloss(folder.as_std_path(), &["check", root, "--format", format.name, "--jobs", jobs]))
            };
            let one = run("1");
            assert!(one.code == 0 || one.code == 1, "{}", one.stderr);
            for jobs in ["4", "4", "16"] {
                let many = run(jobs);
                assert_eq!((&many.stdout, &many.stderr, many.code), (&one.stdout, &one.stderr, one.code), "{root}");
            }
        }
    }
}

#[test]
fn the_order_of_roots_does_not_matter() {
    let tree = Tree::new(&[
        ("docs.en/a.md", "# Plans\n\nOpen from 9 am to 5 pm.\n\n## Limits\n\nUp to 30 files.\n"),
        ("docs.fr/a.md", "# Offres\n\nOuvert de 9 h à 18 h.\n\n## Limites\n\nJusqu'à 30 fichiers.\n"),
        ("docs.sv/a.md", "# Planer\n\nÖppet 9–17.\n\n## Gränser\n\nHögst 20 filer.\n"),
        ("docs.sv/b.md", "# Ensam\n\nUtan källa.\n"),
    ]);
    let roots = ["en=docs.en", "fr=docs.fr", "sv=docs.sv"];
    let run = |order: [usize; 3]| {
        let roots = order.map(|index| roots[index]);
        tree.isogloss(&["check", "--source", "en", "--format", "json", roots[0], roots[1], roots[2]])
    };
    let first = run([0, 1, 2]);
    assert!(first.findings().len() >= 3, "{first:?}");
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(run(order).json()["findings"], first.json()["findings"], "{order:?}");
    }
}
