//! Which crate may know which: ARCHITECTURE.md's arrows, which run one way.

use super::Finding;
use crate::project::Project;
use cargo_metadata::{DependencyKind, Package};

/// Each crate, and the crates of the workspace that it may use.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("app", &["shop", "telegram", "words"]),
    ("frontend", &["app"]),
    ("sandbox", &[]),
    ("server", &["app", "shop", "telegram", "words"]),
    ("shop", &[]),
    ("telegram", &[]),
    ("words", &[]),
    ("xtask", &[]),
];

/// What `app` may use on the server alone: the page must not carry it.
const SERVER_SIDE: [&str; 2] = ["shop", "telegram"];

/// Libraries that a crate must stay free of: the shop's rules know no HTTP and no pages, and
/// sentences know nothing at all.
const ABSENT: [(&str, &[&str]); 3] = [
    (
        "shop",
        &["axum", "http", "hyper", "leptos", "reqwest", "tower"],
    ),
    ("telegram", &["leptos", "sqlx"]),
    ("words", &["leptos", "sqlx", "tokio"]),
];

/// Names every arrow that runs the wrong way.
pub(crate) fn check(project: &Project) -> (String, Vec<Finding>) {
    let packages = project.metadata.workspace_packages();
    let names: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let findings = packages
        .iter()
        .flat_map(|package| of_package(package, &names))
        .collect();
    (format!("{}, arrows as drawn", packages.len()), findings)
}

fn of_package(package: &Package, workspace: &[&str]) -> Vec<Finding> {
    let name = package.name.as_str();
    let Some((_, allowed)) = ALLOWED.iter().find(|(crate_name, _)| *crate_name == name) else {
        return vec![format!(
            "{name}: a new crate needs its place in ARCHITECTURE.md and in `tidy`"
        )];
    };
    let absent = ABSENT
        .iter()
        .find(|(crate_name, _)| *crate_name == name)
        .map_or(&[][..], |(_, a)| a);
    let normal = package
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal);
    let mut findings = Vec::new();
    for dependency in normal {
        let used = dependency.name.as_str();
        if workspace.contains(&used) && !allowed.contains(&used) {
            findings.push(format!(
                "{name} must not use {used}: the arrows run the other way"
            ));
        }
        if name == "app" && SERVER_SIDE.contains(&used) && !dependency.optional {
            findings.push(format!(
                "{name}: {used} belongs to the server side, behind `ssr`"
            ));
        }
        if absent.contains(&used) {
            findings.push(format!("{name} must stay free of {used}"));
        }
    }
    findings
}
