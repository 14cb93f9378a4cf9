//! A PostgreSQL of one's own, in a folder that goes again, reached through a socket in that folder and through nothing else.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tempfile::TempDir;
use tokio_postgres::NoTls;

/// The user that a cluster runs as when whoever tests is root, as which PostgreSQL refuses to run.
const USERS: [&str; 2] = ["postgres", "nobody"];

/// Is a running cluster; it is stopped when this is dropped.
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    user: Option<&'static str>,
    settings: Vec<String>,
    databases: AtomicU32,
}

impl Cluster {
    /// Gives the cluster that the tests of one program share while any of them holds it.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cluster) = shared.upgrade() {
            return cluster;
        }
        // Nothing here outlives a power cut, so nothing waits for the disk.
        let cluster = Arc::new(Self::start(&std::env::temp_dir(), &["fsync=off", "full_page_writes=off"]));
        *shared = Arc::downgrade(&cluster);
        cluster
    }

    /// Makes and starts a cluster with some settings in a new folder inside another.
    pub fn start(inside: &Path, settings: &[&str]) -> Self {
        let folder =
            tempfile::Builder::new().prefix("vv-pg-").tempdir_in(inside).expect("a folder can be made");
        let cluster = Self {
            user: unprivileged_user(),
            programs: programs(),
            folder,
            settings: settings.iter().map(|it| (*it).to_owned()).collect(),
            databases: AtomicU32::new(0),
        };
        if let Some(user) = cluster.user {
            let owned = Command::new("chown").arg(user).arg(cluster.folder.path()).status();
            assert!(owned.is_ok_and(|it| it.success()), "the folder can be given to {user}");
        }
        let made = cluster
            .program("initdb")
            .args(["--auth=trust", "--username=vv", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"])
            .arg(cluster.files())
            .stdout(Stdio::null())
            .status();
        assert!(made.is_ok_and(|it| it.success()), "initdb makes a cluster");
        cluster.run();
        cluster
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = match self.user {
            Some(user) => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid", user, "--regid", "nogroup", "--clear-groups"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.current_dir(self.folder.path());
        command
    }

    fn run(&self) {
        let mut options = format!(
            "-k {} -c listen_addresses= -c max_connections=200 -c log_min_messages=fatal",
            self.folder.path().display()
        );
        for setting in &self.settings {
            options += &format!(" -c {setting}");
        }
        self.control(&["-w", "-t", "60", "-o", &options, "start"]);
    }

    fn control(&self, words: &[&str]) {
        let mut command = self.program("pg_ctl");
        command
            .arg("-s")
            .arg("-D")
            .arg(self.files())
            .arg("-l")
            .arg(self.folder.path().join("log"))
            .args(words);
        let done = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert!(done.is_ok_and(|it| it.success()), "pg_ctl {} does what it says", words[words.len() - 1]);
    }

    /// Stops it at once, as a power cut would, and starts it again.
    pub fn restart(&self) {
        self.stop();
        self.run();
    }

    fn stop(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
    }

    /// Gives the address of a database.
    fn address_of(&self, database: &str) -> String {
        let folder = self.folder.path().to_string_lossy().replace('/', "%2F");
        format!("postgres://vv@{folder}/{database}?sslmode=disable")
    }

    /// Makes an empty database and gives its address.
    pub async fn make_database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.execute(&format!("CREATE DATABASE {name}")).await;
        self.address_of(&name)
    }

    /// Cuts every connection of servers.
    pub async fn cut_connections(&self) {
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vv-server'",
        )
        .await;
    }

    async fn execute(&self, sql: &str) {
        let (client, connection) =
            tokio_postgres::connect(&self.address_of("postgres"), NoTls).await.expect("PostgreSQL answers");
        let driving = tokio::spawn(connection);
        client.batch_execute(sql).await.expect("PostgreSQL does as it is told");
        drop(client);
        let _ = driving.await;
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Finds the programs of PostgreSQL, the newest version first.
fn programs() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            let programs = entry.path().join("bin");
            programs.join("initdb").is_file().then_some((version, programs))
        })
        .collect();
    found.sort();
    if let Some((_, programs)) = found.pop() {
        return programs;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .find(|folder| folder.join("initdb").is_file())
        .expect("PostgreSQL is installed (`cargo xtask setup` does it)")
}

fn unprivileged_user() -> Option<&'static str> {
    let asked = Command::new("id").arg("-u").output().expect("the system says who runs this");
    if asked.stdout.trim_ascii() != b"0" {
        return None;
    }
    let is_there = |user: &&str| {
        Command::new("id")
            .arg(user)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|it| it.success())
    };
    Some(USERS.into_iter().find(is_there).expect("there is a user without privileges"))
}
