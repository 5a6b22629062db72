//! A PostgreSQL of the tests' own, gone when they are done.

use crate::{
    failure::{Done, Failure, OrSay},
    files, net, shell,
    step::Step,
};
use nix::unistd::{Uid, User, chown};
use std::{
    env, fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{self, Command},
};

/// Settings of a server that may lose everything when it crashes, and is faster for it.
const SETTINGS: [&str; 5] = [
    "-c fsync=off",
    "-c synchronous_commit=off",
    "-c full_page_writes=off",
    "-c max_connections=200",
    "-c listen_addresses=127.0.0.1",
];

/// A running server in a temporary folder; dropping it stops it and removes the folder.
pub(crate) struct Database {
    programs: PathBuf,
    folder: PathBuf,
    user: Option<User>,
    port: u16,
    url: String,
}

impl Database {
    /// Makes a cluster and starts it on a free port.
    pub(crate) fn start(step: &Step, programs: &Path) -> Done<Self> {
        let folder = env::temp_dir().join(format!("starfront-postgres-{}", process::id()));
        fs::create_dir_all(&folder).or_say("No temporary folder can be made")?;
        let user = other_user(&folder)?;
        let port = net::free_port()?;
        let url = format!("postgres://starfront@127.0.0.1:{port}/postgres");
        let database = Self {
            programs: programs.to_path_buf(),
            folder,
            user,
            port,
            url,
        };
        database.make(step)?;
        Ok(database)
    }

    /// How tests reach it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What to say about it.
    pub(crate) fn note(&self) -> String {
        format!("PostgreSQL on port {}", self.port)
    }

    fn make(&self, step: &Step) -> Done {
        let sentence = "The tests' PostgreSQL can't be started: the log says why.";
        let mut initdb = self.program("initdb");
        initdb.arg("-D").arg(self.data());
        initdb.args([
            "-U",
            "starfront",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        shell::run(step, &mut initdb, sentence)?;
        let mut options = SETTINGS.join(" ");
        options += &format!(" -p {} -k {}", self.port, self.folder.display());
        let mut start = self.program("pg_ctl");
        start.arg("start").arg("-w").arg("-D").arg(self.data());
        start
            .arg("-l")
            .arg(self.folder.join("server.log"))
            .arg("-o")
            .arg(options);
        shell::run(step, &mut start, sentence)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// One of PostgreSQL's programs, run by a user it accepts.
    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir(&self.folder).env("LC_ALL", "C");
        if let Some(user) = &self.user {
            command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.arg("stop")
            .arg("-m")
            .arg("immediate")
            .arg("-D")
            .arg(self.data());
        let _ = shell::output(&mut stop);
        let _ = files::remove(&self.folder);
    }
}

/// PostgreSQL refuses to run as root, so root hands the folder to another user.
fn other_user(folder: &Path) -> Done<Option<User>> {
    if !Uid::effective().is_root() {
        return Ok(None);
    }
    let known = ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten());
    let user = known.ok_or_else(|| {
        Failure::new("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")
    })?;
    chown(folder, Some(user.uid), Some(user.gid))
        .or_say("The database folder can't be given away")?;
    Ok(Some(user))
}
