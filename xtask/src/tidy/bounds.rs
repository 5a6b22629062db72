//! Bounds stand in one file of each crate, `limits.rs`, each with its unit and its reason.

use super::{Finding, sources::Source};
use crate::failure::{Done, OrSay};
use std::{ops::RangeInclusive, path::Path};
use syn::{
    Attribute, GenericArgument, ImplItemConst, Item, ItemConst, ItemStatic, Meta, PathArguments,
    TraitItemConst, Type,
    spanned::Spanned,
    visit::{self, Visit},
};

/// The crates whose numbers are looked at.
const CRATES: [&str; 7] = [
    "app/src",
    "frontend/src",
    "sandbox/src",
    "server/src",
    "shop/src",
    "telegram/src",
    "words/src",
];

/// Numbers that bound nothing: where, which, and what they are.
const NO_BOUNDS: [(&str, &str, &str); 12] = [
    ("sandbox/src/amount.rs", "NANOS", "a unit"),
    ("sandbox/src/ids.rs", "FIRST_USER_ID", "a beginning"),
    ("sandbox/src/kept.rs", "VERSION", "a format's version"),
    ("sandbox/src/update/mod.rs", "UNNUMBERED", "a mark"),
    ("server/src/metrics.rs", "SECONDS", "edges of buckets"),
    (
        "server/src/workers/pace.rs",
        "Duration::from_secs(1)",
        "a unit",
    ),
    ("shop/src/domain/stars.rs", "NANOSTARS_PER_STAR", "a unit"),
    ("shop/src/domain/term.rs", "DAY_SECONDS", "a unit"),
    (
        "shop/src/domain/term.rs",
        "SUBSCRIPTION_SECONDS",
        "Telegram's month",
    ),
    ("words/src/term.rs", "MINUTE", "a unit"),
    ("words/src/term.rs", "HOUR", "a unit"),
    ("words/src/term.rs", "DAY", "a unit"),
];

/// Types of numbers, and of what holds some of them.
const NUMBERS: [&str; 16] = [
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
    "f32",
    "f64",
    "Duration",
    "SignedDuration",
];
const HOLDERS: [&str; 3] = ["Option", "Range", "RangeInclusive"];

/// Names numbers that are written elsewhere, bounds without a word about them, and exceptions that
/// nothing is behind any more.
pub(crate) fn check(sources: &[Source]) -> Done<(String, Vec<Finding>)> {
    let (mut count, mut findings) = (0, Vec::new());
    for source in sources.iter().filter(|source| is_looked_at(source)) {
        let file = syn::parse_file(&source.text)
            .or_say(format!("{} can't be parsed", source.path.display()))?;
        let mut numbers = Numbers::default();
        numbers.visit_file(&file);
        if is_home(&source.path) {
            count += numbers.found.len();
            findings.extend(undocumented(&source.path, &numbers.found));
        } else {
            let tests = std::mem::take(&mut numbers.tests);
            numbers.found.extend(durations(&source.text, &tests));
            findings.extend(astray(&source.path, &numbers.found));
        }
    }
    Ok((format!("{count}, each with its reason"), findings))
}

fn is_looked_at(source: &Source) -> bool {
    let is_test = |part: &std::ffi::OsStr| part == "tests" || part == "tests.rs";
    source.is(&["rs"])
        && CRATES.iter().any(|folder| source.path.starts_with(folder))
        && !source
            .path
            .components()
            .any(|part| is_test(part.as_os_str()))
}

fn is_home(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "limits.rs")
}

fn undocumented(path: &Path, found: &[Number]) -> Vec<Finding> {
    let bare = found.iter().filter(|number| !number.documented);
    bare.map(|Number { name, line, .. }| {
        let path = path.display();
        format!("{path}:{line}: `{name}` needs its unit and its reason")
    })
    .collect()
}

fn astray(path: &Path, found: &[Number]) -> Vec<Finding> {
    let excepted = |name: &str| {
        let mut all = NO_BOUNDS.iter();
        all.any(|(file, other, _)| path == Path::new(file) && *other == name)
    };
    let strays = found.iter().filter(|number| !excepted(&number.name));
    let strays = strays.map(|Number { name, line, .. }| {
        let path = path.display();
        format!("{path}:{line}: `{name}` belongs in the crate's limits.rs")
    });
    let here = NO_BOUNDS
        .iter()
        .filter(|(file, ..)| path == Path::new(file));
    let gone = here.filter(|(_, name, _)| found.iter().all(|number| number.name != *name));
    let gone = gone.map(|(file, name, _)| {
        format!("{file}: `{name}` is no exception of `tidy` any more: take it out")
    });
    strays.chain(gone).collect()
}

/// Durations that are written as a number where they are used, outside of tests.
fn durations(text: &str, tests: &[RangeInclusive<usize>]) -> Vec<Number> {
    const START: &str = "Duration::from_";
    let mut found = Vec::new();
    let lines = (1..).zip(text.lines());
    for (line, text) in lines.filter(|(line, _)| !tests.iter().any(|test| test.contains(line))) {
        for (at, _) in text.match_indices(START) {
            let call = text[at..].split_inclusive(')').next().unwrap_or_default();
            let argument = call.split_once('(').map_or("", |(_, rest)| rest);
            let digits = argument.trim_end_matches(')');
            if digits.starts_with(|c: char| c.is_ascii_digit()) {
                found.push(Number {
                    name: call.to_owned(),
                    line,
                    documented: false,
                });
            }
        }
    }
    found
}

/// A number with a name, or one that has none.
struct Number {
    name: String,
    line: usize,
    documented: bool,
}

#[derive(Default)]
struct Numbers {
    found: Vec<Number>,
    /// Lines that only tests have.
    tests: Vec<RangeInclusive<usize>>,
}

impl Numbers {
    fn note(&mut self, name: &syn::Ident, kind: &Type, attributes: &[Attribute]) {
        if is_number(kind) {
            self.found.push(Number {
                name: name.to_string(),
                line: name.span().start().line,
                documented: attributes.iter().any(|a| a.path().is_ident("doc")),
            });
        }
    }
}

impl<'ast> Visit<'ast> for Numbers {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs[..],
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Const(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            _ => &[],
        };
        if attributes.iter().any(is_for_tests) {
            let span = item.span();
            self.tests.push(span.start().line..=span.end().line);
        } else {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_const(&mut self, item: &'ast ItemConst) {
        self.note(&item.ident, &item.ty, &item.attrs);
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'ast ItemStatic) {
        self.note(&item.ident, &item.ty, &item.attrs);
        visit::visit_item_static(self, item);
    }

    fn visit_impl_item_const(&mut self, item: &'ast ImplItemConst) {
        self.note(&item.ident, &item.ty, &item.attrs);
        visit::visit_impl_item_const(self, item);
    }

    fn visit_trait_item_const(&mut self, item: &'ast TraitItemConst) {
        self.note(&item.ident, &item.ty, &item.attrs);
        visit::visit_trait_item_const(self, item);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let Meta::List(list) = &attribute.meta else {
        return attribute.path().is_ident("test");
    };
    let mut words = list.tokens.clone().into_iter();
    list.path.is_ident("cfg") && words.any(|word| word.to_string() == "test")
}

/// Whether a type is one of numbers. Bytes in a row are text or a key.
fn is_number(kind: &Type) -> bool {
    let of_bytes = |inner: &Type| matches!(inner, Type::Path(p) if p.path.is_ident("u8"));
    match kind {
        Type::Array(array) => is_number(&array.elem) && !of_bytes(&array.elem),
        Type::Slice(slice) => is_number(&slice.elem) && !of_bytes(&slice.elem),
        Type::Reference(reference) => is_number(&reference.elem),
        Type::Tuple(tuple) => !tuple.elems.is_empty() && tuple.elems.iter().all(is_number),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            match &last.arguments {
                PathArguments::None => NUMBERS.contains(&name.as_str()),
                PathArguments::AngleBracketed(inner) if HOLDERS.contains(&name.as_str()) => {
                    let number = |of: &_| matches!(of, GenericArgument::Type(of) if is_number(of));
                    inner.args.iter().all(number)
                }
                _ => false,
            }
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        let source = Source {
            path: path.into(),
            text: text.to_owned(),
        };
        check(&[source]).unwrap().1
    }

    #[test]
    fn bounds_live_in_limits() {
        let text = "const MOST: usize = 5;\nconst NAME: &str = \"a\";\nconst KEY: [u8; 2] = [1, 2];\n\
                    impl A { const PAIR: (u32, i64) = (1, 2); }\n\
                    fn f() { const WAITS: &[Option<f64>] = &[]; }\n\
                    static ENDS: RangeInclusive<i64> = 0..=1;\n";
        let lines = [(1, "MOST"), (4, "PAIR"), (5, "WAITS"), (6, "ENDS")];
        let expected = lines.map(|(line, name)| {
            format!("server/src/a.rs:{line}: `{name}` belongs in the crate's limits.rs")
        });
        assert_eq!(found("server/src/a.rs", text), expected);
        for elsewhere in ["xtask/src/a.rs", "server/src/a/tests.rs", "shop/tests/a.rs"] {
            assert_eq!(found(elsewhere, text), Vec::<Finding>::new());
        }
    }

    #[test]
    fn a_bound_has_its_reason() {
        let text = "/// Seconds: why.\npub const A: u8 = 1;\npub const B: u8 = 1;\n";
        assert_eq!(
            found("shop/src/limits.rs", text),
            ["shop/src/limits.rs:3: `B` needs its unit and its reason"]
        );
    }

    #[test]
    fn a_duration_has_a_name() {
        let text = "fn f() {\n    select! { () = sleep(Duration::from_secs(5)) => {} }\n}\n\
                    fn g(n: u64) { sleep(Duration::from_secs(n)); }\n\
                    #[cfg(test)]\nmod tests {\n    const N: u8 = 1;\n    fn f() { sleep(Duration::from_secs(5)); }\n}\n";
        assert_eq!(
            found("server/src/a.rs", text),
            ["server/src/a.rs:2: `Duration::from_secs(5)` belongs in the crate's limits.rs"]
        );
    }

    #[test]
    fn an_exception_that_is_gone_is_named() {
        let text = "const NANOS: i128 = 1;\n";
        assert_eq!(found("sandbox/src/amount.rs", text), Vec::<Finding>::new());
        assert_eq!(
            found("sandbox/src/amount.rs", "const NANO: i128 = 1;\n"),
            [
                "sandbox/src/amount.rs:1: `NANO` belongs in the crate's limits.rs",
                "sandbox/src/amount.rs: `NANOS` is no exception of `tidy` any more: take it out"
            ]
        );
    }
}
