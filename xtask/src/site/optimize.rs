//! Shrinks the module with wasm-opt.

use crate::{
    failure::{Done, OrSay},
    files,
    limits::WASM_CACHE_FILES,
    project::scratch,
    setup::BuildTools,
    shell, stamp,
    step::step,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// The features that rustc uses by default and that every web view of the last years knows.
/// wasm-opt must know them to read the module, and may use them in what it writes.
const ARGUMENTS: [&str; 9] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Replaces a module by its smallest equal; takes half a minute, so results are kept by content.
pub(crate) fn shrink(tools: &BuildTools, module: &Path) -> Done {
    step("wasm-opt", |step| {
        let before = files::read(module)?;
        let kept = folder().join(format!("{}.wasm", stamp::content_hash(&before)));
        let known = kept.is_file();
        if !known {
            fs::create_dir_all(folder()).or_say("The cache folder can't be made")?;
            let draft = kept.with_extension("draft");
            let mut command = Command::new(tools.bin.join("wasm-opt"));
            command.args(ARGUMENTS).arg(module).arg("-o").arg(&draft);
            shell::run(step, &mut command, "wasm-opt can't shrink the module.")?;
            fs::rename(&draft, &kept).or_say("wasm-opt left no module")?;
        }
        files::copy(&kept, module)?;
        forget_oldest();
        let after = fs::metadata(module).map_or(0, |file| usize::try_from(file.len()).unwrap_or(0));
        let note = format!("{} → {}", files::size(before.len()), files::size(after));
        Ok((if known { note + " (known)" } else { note }, ()))
    })
}

fn folder() -> PathBuf {
    scratch().join("wasm-opt")
}

fn forget_oldest() {
    let age = |path: &PathBuf| {
        fs::metadata(path)
            .and_then(|file| file.modified())
            .unwrap_or(SystemTime::UNIX_EPOCH)
    };
    let mut modules = files::under(&folder());
    modules.sort_by_key(|path| std::cmp::Reverse(age(path)));
    for old in modules.iter().skip(WASM_CACHE_FILES) {
        let _ = fs::remove_file(old);
    }
}
