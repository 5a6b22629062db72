//! `cargo xtask dist`: one archive that runs on another machine of the same kind.

mod notices;

use crate::{
    build,
    cargo::{Binaries, Profile},
    failure::{Done, Failure, OrSay},
    files,
    project::{Project, root, target},
    setup, shell, site,
    site::Flavour,
    step::{say, step},
};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// Files of the repository that go along as they are.
const ALONG: [&str; 7] = [
    "README.md",
    "docs/sandbox.md",
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "starfront.example.toml",
    "examples/deploy/starfront.service",
];

/// `cargo xtask dist`.
pub(crate) fn task() -> Done {
    let project = Project::read()?;
    let tools = setup::for_build(&project)?;
    let binaries = build::all(&project, &tools, Flavour::Shipped, Profile::Release)?;
    let name = format!("starfront-{}-{}", project.version, machine()?);
    let archive = root().join("dist").join(format!("{name}.tar.gz"));
    step("archive", |_| {
        let folder = target().join("xtask/dist").join(&name);
        files::remove(&folder)?;
        gather(&project, &binaries, &folder)?;
        pack(&folder, &name, &archive)?;
        let bytes =
            fs::metadata(&archive).map_or(0, |file| usize::try_from(file.len()).unwrap_or(0));
        Ok((files::size(bytes), ()))
    })?;
    say(format!("\n{}", archive.display()));
    Ok(())
}

/// The kind of machine this is: the triple of the host's compiler.
fn machine() -> Done<String> {
    let text = shell::output(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc doesn't say what machine this is."))
}

/// Lays the archive's content out. Every path in it is relative to the folder that the shop is
/// started in, so it can be unpacked anywhere.
fn gather(project: &Project, binaries: &Binaries, folder: &Path) -> Done {
    let shop = &binaries.shop;
    files::copy(shop, &folder.join("starfront"))?;
    files::copy(&binaries.sandbox, &folder.join("starfront-sandbox"))?;
    let hashes = shop.with_file_name(site::HASH_FILE);
    files::copy(&hashes, &folder.join(site::HASH_FILE))?;
    files::copy(&project.site(), &folder.join("site"))?;
    for name in ALONG {
        let source = root().join(name);
        let plain = source.file_name().map(PathBuf::from).unwrap_or_default();
        files::copy(&source, &folder.join(plain))?;
    }
    files::write(
        &folder.join("LICENSES-OF-LIBRARIES.txt"),
        notices::text(project)?,
    )?;
    let settings = files::read_text(&root().join("Leptos.toml"))?;
    files::write(&folder.join("Leptos.toml"), shipped(&settings))
}

/// `Leptos.toml` as it ships: the site lies beside it, and nobody is developing.
fn shipped(settings: &str) -> String {
    let lines = settings.lines().map(|line| match line.split_once(" = ") {
        Some(("site-root", _)) => "site-root = \"site\"".to_owned(),
        Some(("env", _)) => "env = \"PROD\"".to_owned(),
        _ => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

fn pack(folder: &Path, name: &str, archive: &Path) -> Done {
    files::write(archive, "")?;
    let sentence = format!("{} can't be written", archive.display());
    let file = File::create(archive).or_say(&sentence)?;
    let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::best()));
    tar.append_dir_all(name, folder).or_say(&sentence)?;
    tar.into_inner()
        .or_say(&sentence)?
        .finish()
        .or_say(&sentence)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_settings_find_the_site_beside_them() {
        let settings =
            "[[workspace.metadata.leptos]]\nsite-root = \"target/site\"\nenv = \"DEV\"\n";
        let expected = "[[workspace.metadata.leptos]]\nsite-root = \"site\"\nenv = \"PROD\"\n";
        assert_eq!(shipped(settings), expected);
    }
}
