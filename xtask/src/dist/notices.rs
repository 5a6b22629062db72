//! The licences of everything that is compiled into the archive, as they ask to be passed on.

use crate::{
    failure::{Done, OrSay},
    files,
    project::{Project, root},
};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
};

/// How files with a licence's text are called.
const NAMES: [&str; 4] = ["license", "licence", "copying", "notice"];

/// One text: which crates come with it, and each distinct licence once.
pub(crate) fn text(project: &Project) -> Done<String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .exec()
        .or_say("Cargo can't list the dependencies")?;
    let used = used(
        &metadata,
        &[&project.leptos.bin_package, &project.leptos.lib_package],
    );
    let packages = metadata
        .packages
        .iter()
        .filter(|package| used.contains(&package.id));
    let mut list = String::from("Starfront is built with these libraries.\n\n");
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for package in packages.filter(|package| package.source.is_some()) {
        let license = package.license.as_deref().unwrap_or("see below");
        let _ = writeln!(list, "{} {}: {license}", package.name, package.version);
        for text in licences_of(package) {
            texts.entry(text).or_default().push(&package.name);
        }
    }
    for (text, packages) in texts {
        let _ = write!(
            list,
            "\n{}\n{}\n\n{text}\n",
            "=".repeat(80),
            packages.join(", ")
        );
    }
    Ok(list)
}

/// The packages that these crates of the workspace are made of, tests and benchmarks apart.
fn used(metadata: &Metadata, roots: &[&String]) -> BTreeSet<PackageId> {
    let workspace = metadata.workspace_packages();
    let roots = workspace
        .iter()
        .filter(|package| roots.iter().any(|name| package.name == **name));
    let mut open: Vec<PackageId> = roots.map(|package| package.id.clone()).collect();
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let nodes: BTreeMap<_, _> = nodes.map(|node| (&node.id, &node.deps)).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        let dependencies = nodes
            .get(&id)
            .into_iter()
            .flat_map(|dependencies| dependencies.iter());
        let normal = dependencies.filter(|dep| {
            dep.dep_kinds
                .iter()
                .any(|kind| kind.kind == DependencyKind::Normal)
        });
        if found.insert(id.clone()) {
            open.extend(normal.map(|dependency| dependency.pkg.clone()));
        }
    }
    found
}

fn licences_of(package: &Package) -> Vec<String> {
    let Some(folder) = package.manifest_path.parent() else {
        return Vec::new();
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        NAMES.iter().any(|start| name.starts_with(start))
    });
    named
        .filter_map(|entry| files::read_text(&entry.path()).ok())
        .collect()
}
