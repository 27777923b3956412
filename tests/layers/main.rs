//! Dependencies between files are acyclic: no files of a crate import each other in a cycle, and neither do its modules.
//!
//! Cargo enforces this between crates. Within a crate, each path in the code is resolved to the file that defines the item,
//! through re-exports, so that moving an item also moves the dependency.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path from the root of a crate, without `crate`.
type Path = Vec<String>;
/// The dependencies of each file, with the names that it uses from each other file.
type Graph = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// A module and the contents of its file.
#[derive(Default)]
struct Module {
    file: String,
    /// Names bound by `use`, with the paths that they refer to.
    imports: BTreeMap<String, Path>,
    /// Paths whose items are all imported, by `use path::*`.
    globs: Vec<Path>,
    /// Items defined in the module.
    items: BTreeSet<String>,
    /// All paths in the code, as written.
    paths: Vec<Path>,
}

type Crate = BTreeMap<Path, Module>;

fn is_test(attributes: &[syn::Attribute]) -> bool {
    let is_test = |attribute: &syn::Attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|argument| argument == "test")
    };
    attributes.iter().any(is_test)
}

/// Reads the file of a module and its children.
fn read(file: &Utf8Path, folder: &Utf8Path, path: &Path, root: &Utf8Path, modules: &mut Crate) {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let name = file.strip_prefix(root).unwrap().to_string();
    let module = Module { file: name, ..Module::default() };
    let mut reader = Reader { module, path: path.clone(), children: Vec::new() };
    reader.visit_file(&parsed);
    let Reader { module, children, .. } = reader;
    modules.insert(path.clone(), module);
    for child in children {
        let candidates = [folder.join(format!("{child}.rs")), folder.join(&child).join("mod.rs")];
        let file = candidates.iter().find(|file| file.is_file()).unwrap_or_else(|| panic!("{file}: no mod {child}"));
        let path = [path.as_slice(), std::slice::from_ref(&child)].concat();
        read(file, &folder.join(&child), &path, root, modules);
    }
}

/// Collects the definitions, imports and paths of a file. Test code is skipped.
struct Reader {
    module: Module,
    path: Path,
    children: Vec<String>,
}

impl Reader {
    /// Resolves a path that starts with `crate`, `self` or `super` to a path from the root of the crate.
    fn absolute(&self, path: &[String]) -> Option<Path> {
        let mut base = self.path.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                while rest.first().is_some_and(|part| part == "super") {
                    base.pop()?;
                    rest = &rest[1..];
                }
                base.extend_from_slice(rest);
                return Some(base);
            }
            _ => return None,
        }
        base.extend_from_slice(&rest[1..]);
        Some(base)
    }

    fn import(&mut self, tree: &syn::UseTree, mut prefix: Path) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.import(&path.tree, prefix);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree, prefix.clone())),
            syn::UseTree::Glob(_) => self.module.globs.push(self.absolute(&prefix).unwrap_or(prefix)),
            syn::UseTree::Name(name) => self.bind(prefix, &name.ident, &name.ident),
            syn::UseTree::Rename(rename) => self.bind(prefix, &rename.ident, &rename.rename),
        }
    }

    fn bind(&mut self, mut path: Path, item: &syn::Ident, name: &syn::Ident) {
        let name = if item == "self" { path.last().cloned().unwrap_or_default() } else { name.to_string() };
        if item != "self" {
            path.push(item.to_string());
        }
        self.module.paths.push(path.clone());
        let path = self.absolute(&path).unwrap_or(path);
        self.module.imports.insert(name, path);
    }

    /// Collects paths from the arguments of a macro, which are unparsed tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Path::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.module.paths.push(std::mem::take(&mut path));
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.module.paths.push(std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.module.paths.push(path);
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let (attributes, name) = match item {
            syn::Item::Const(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            syn::Item::Static(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Type(item) => (&item.attrs, Some(&item.ident)),
            syn::Item::Mod(item) if item.content.is_none() => {
                if !is_test(&item.attrs) {
                    self.children.push(item.ident.to_string());
                }
                return;
            }
            syn::Item::Mod(item) => (&item.attrs, None),
            syn::Item::Impl(item) => (&item.attrs, None),
            syn::Item::Use(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            self.module.items.extend(name.map(ToString::to_string));
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, Path::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.module.paths.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        self.tokens(called.tokens.clone());
    }
}

/// The module that defines the item at a path from the root, through re-exports; `None` if it is not an item of the crate.
fn definition<'c>(modules: &'c Crate, path: &[String], depth: u8) -> Option<&'c Module> {
    let length = (0..=path.len()).rev().find(|&length| modules.contains_key(&path[..length]))?;
    let (module, rest) = (&modules[&path[..length]], &path[length..]);
    let name = rest.first().filter(|_| depth > 0)?;
    if let Some(target) = module.imports.get(name) {
        let target = [target.as_slice(), &rest[1..]].concat();
        return definition(modules, &from_root(modules, &path[..length], target), depth - 1);
    }
    if module.items.contains(name) {
        return Some(module);
    }
    let through = |glob: &Path| definition(modules, &[glob.as_slice(), rest].concat(), depth - 1);
    module.globs.iter().find_map(through)
}

/// Resolves an imported path, which may start with a child of the importing module.
fn from_root(modules: &Crate, own: &[String], path: Path) -> Path {
    let child = [own, path.as_slice()].concat();
    if child.len() > own.len() && modules.contains_key(&child[..=own.len()]) { child } else { path }
}

/// Which file uses what from which other file.
fn graph(modules: &Crate) -> Graph {
    let mut graph = Graph::new();
    for (own, module) in modules {
        let edges = graph.entry(module.file.clone()).or_default();
        for path in &module.paths {
            let reader = Reader { module: Module::default(), path: own.clone(), children: Vec::new() };
            let Some(first) = path.first() else { continue };
            let absolute = reader.absolute(path);
            let imported = module.imports.get(first);
            let imported = imported.map(|target| from_root(modules, own, [target.as_slice(), &path[1..]].concat()));
            let child = [own.as_slice(), path.as_slice()].concat();
            let Some(target) =
                absolute.or(imported).or_else(|| modules.contains_key(&child[..=own.len()]).then_some(child))
            else {
                continue;
            };
            if let Some(definition) = definition(modules, &target, 8)
                && definition.file != module.file
            {
                edges.entry(definition.file.clone()).or_default().insert(target.last().unwrap().clone());
            }
        }
    }
    graph
}

/// The graph of a crate's top-level modules, each a folder with all its contents, or a file.
fn folded(graph: &Graph) -> Graph {
    let top = |file: &str| {
        let file = file.split_once("src/").map_or(file, |(_, rest)| rest);
        file.split_once('/').map_or(file, |(folder, _)| folder).to_owned()
    };
    let mut folded = Graph::new();
    for (from, edges) in graph {
        let own = folded.entry(top(from)).or_default();
        for (to, _) in edges.iter().filter(|(to, _)| top(to) != top(from)) {
            own.entry(top(to)).or_default().insert(format!("{from} -> {to}"));
        }
    }
    folded
}

/// The strongly connected components with at least two files.
fn circles(graph: &Graph) -> Vec<BTreeSet<&str>> {
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&str> = vec![graph.get_key_value(from).map_or("", |(name, _)| name)];
        while let Some(name) = next.pop() {
            for to in graph.get(name).into_iter().flat_map(BTreeMap::keys) {
                if seen.insert(to.as_str()) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = graph.keys().map(|name| (name.as_str(), reach(name))).collect();
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for (&name, others) in reached.iter().filter(|(name, others)| others.contains(*name)) {
        let circle = others.iter().copied().filter(|other| reached.get(other).is_some_and(|back| back.contains(name)));
        let circle = circle.collect();
        if !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

/// Describes the cycles of a graph, with the dependencies that form them.
fn described(graph: &Graph) -> String {
    let mut out = String::new();
    for circle in circles(graph) {
        writeln!(out, "a circle of {}:", circle.len()).unwrap();
        for &from in &circle {
            for (to, names) in graph[from].iter().filter(|(to, _)| circle.contains(to.as_str())) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                writeln!(out, "  {from} -> {to}: {}", names.join(", ")).unwrap();
            }
        }
    }
    out
}

/// The `src` folders of all crates of the workspace.
fn sources() -> Vec<Utf8PathBuf> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = root.join("crates").read_dir_utf8().unwrap().map(|entry| entry.unwrap().path().join("src"));
    let mut sources: Vec<Utf8PathBuf> = crates.chain([root.join("src")]).collect();
    sources.sort();
    sources
}

fn modules(source: &Utf8Path) -> Crate {
    let mut modules = Crate::new();
    read(&source.join("lib.rs"), source, &Path::new(), Utf8Path::new(env!("CARGO_MANIFEST_DIR")), &mut modules);
    modules
}

#[test]
fn no_files_and_no_modules_import_each_other_in_a_circle() {
    let mut found = String::new();
    for source in sources() {
        let graph = graph(&modules(&source));
        assert!(graph.values().any(|edges| !edges.is_empty()), "{source}: nothing is read");
        let circles = described(&graph);
        // A cycle of files is usually a cycle of modules too, and is reported once.
        found += &if circles.is_empty() { described(&folded(&graph)) } else { circles };
    }
    assert!(found.is_empty(), "{found}");
}

#[test]
fn a_circle_is_found_through_re_exports_and_macros() {
    let folder = tempfile::tempdir().unwrap();
    let source = Utf8Path::from_path(folder.path()).unwrap();
    let write = |name: &str, text: &str| fs::write(source.join(name), text).unwrap();
    write("lib.rs", "mod a; mod b; mod c; pub use b::Thing;");
    write("a.rs", "use crate::Thing; pub fn make() -> Thing { Thing }");
    write("b.rs", "pub struct Thing; fn show() { println!(\"{:?}\", super::c::help()); }");
    write("c.rs", "pub fn help() {} #[cfg(test)] mod tests { use crate::a::make; }");
    let read_graph = || {
        let mut modules = Crate::new();
        read(&source.join("lib.rs"), source, &Path::new(), source, &mut modules);
        graph(&modules)
    };
    let straight = read_graph();
    assert_eq!(straight["a.rs"].keys().collect::<Vec<_>>(), ["b.rs"]);
    assert_eq!(straight["b.rs"].keys().collect::<Vec<_>>(), ["c.rs"]);
    assert_eq!(described(&straight), "");
    write("c.rs", "use super::a; pub fn help() { a::make(); }");
    let round = read_graph();
    assert_eq!(circles(&round), [BTreeSet::from(["a.rs", "b.rs", "c.rs"])]);
    assert!(described(&round).contains("  c.rs -> a.rs: make\n"), "{}", described(&round));
}
