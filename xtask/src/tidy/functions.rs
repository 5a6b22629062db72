//! Functions that fit on a screen.

use super::{Finding, sources::Source, spread};
use crate::{
    failure::{Done, OrSay},
    limits::FUNCTION_LINES,
};
use std::path::Path;
use syn::{
    Block, ImplItemFn, ItemFn, Signature, TraitItemFn,
    spanned::Spanned,
    visit::{self, Visit},
};

/// Prints the spread of function lengths and names those over the limit.
pub(crate) fn check(sources: &[Source]) -> Done<(String, Vec<Finding>)> {
    let mut functions = Functions {
        path: Path::new(""),
        lengths: Vec::new(),
        findings: Vec::new(),
    };
    for source in sources.iter().filter(|source| source.is(&["rs"])) {
        let file = syn::parse_file(&source.text)
            .or_say(format!("{} can't be parsed", source.path.display()))?;
        functions.path = &source.path;
        functions.visit_file(&file);
    }
    Ok((spread(&mut functions.lengths), functions.findings))
}

struct Functions<'a> {
    path: &'a Path,
    lengths: Vec<usize>,
    findings: Vec<Finding>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &Signature, body: &Block) {
        let (first, last) = (signature.span().start().line, body.span().end().line);
        let lines = last + 1 - first;
        self.lengths.push(lines);
        if lines > FUNCTION_LINES {
            self.findings.push(format!(
                "{}:{first}: `{}` has {lines} lines, {FUNCTION_LINES} are the limit: split it",
                self.path.display(),
                signature.ident
            ));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(body) = &function.default {
            self.measure(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: usize) -> Vec<Finding> {
        let text = format!(
            "struct S;\nimpl S {{\nfn long() {{\n{}}}\n}}\n",
            "f();\n".repeat(lines)
        );
        check(&[Source {
            path: "a.rs".into(),
            text,
        }])
        .unwrap()
        .1
    }

    #[test]
    fn long_functions_are_named_with_their_line() {
        assert_eq!(found(68), Vec::<Finding>::new());
        assert_eq!(
            found(69),
            ["a.rs:3: `long` has 71 lines, 70 are the limit: split it"]
        );
    }
}
