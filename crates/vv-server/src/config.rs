//! What an administrator can set: as a flag, a variable of the environment, or a line of a TOML file, in this order.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use serde::Deserialize;

use crate::rates::Rate;
use crate::server::Settings;

const MIB: u64 = 1024 * 1024;

/// The optional server of Vice Versa: keeps what people's devices hand to it, and can read none of it.
///
/// Without anything else it serves on this computer only (127.0.0.1:8787) and keeps everything in ./vv-server-data. Every
/// option can also stand in the environment, or in a TOML file under its long name with _ for -.
#[derive(Debug, Parser)]
#[command(name = "vv-server", version)]
pub struct CommandLine {
    /// What to do; serving, when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// A TOML file with options.
    #[arg(long, env = "VV_SERVER_CONFIG", global = true)]
    pub config: Option<PathBuf>,
    /// The options.
    #[command(flatten)]
    pub options: Options,
}

/// Is what the program does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answers requests until it is told to stop (this is also what happens without a command).
    Serve,
    /// Prints vouchers: whoever has one may make spaces here. Nothing of it is kept before it is used.
    Voucher {
        /// How many vouchers.
        #[arg(long, default_value_t = 1)]
        count: u16,
        /// How many spaces each is good for. A person needs three to begin with, and one for every pairing or circle.
        #[arg(long, default_value_t = 25)]
        spaces: u16,
        /// In how many days they end.
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// How many MiB each space may hold; the server's default when it is not said.
        #[arg(long, default_value_t = 0)]
        quota: u32,
    },
    /// Counts what is kept, and names the largest spaces by their ids.
    Stats,
    /// Sets how much a space may hold.
    Quota {
        /// The id of the space.
        space: String,
        /// MiB.
        mib: u64,
    },
    /// Removes a space with all that is in it, for good. People's devices keep their own copies.
    Purge {
        /// The id of the space.
        space: String,
    },
    /// Writes everything into a new folder, while the server runs.
    Backup {
        /// The folder, which must not be there yet.
        folder: PathBuf,
    },
    /// Puts a backup back into an empty server. Every stream gets a new log id, so that devices notice and hand in what is
    /// missing.
    Restore {
        /// The folder of the backup. Not with --in-place.
        folder: Option<PathBuf>,
        /// The database was put back by other means (a copy of the file, pg_restore): only gives new log ids.
        #[arg(long, conflicts_with = "folder")]
        in_place: bool,
    },
    /// Reads everything and checks every chain, every place and every chunk.
    Verify,
    /// Prints the OpenAPI document.
    Openapi,
}

/// Holds what was set, and nothing for what was not.
#[derive(Debug, Default, Clone, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Where to listen, as address:port. 0.0.0.0:8787 for every network; the default is 127.0.0.1:8787.
    #[arg(long, env = "VV_SERVER_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// A name by which devices call this server (host, or host:port when the port is not the usual one). Several with commas.
    /// A device signs the name, so that nobody can pass its signature on. Needed wherever others than this computer come.
    #[arg(long, env = "VV_SERVER_HOST", value_delimiter = ',', global = true)]
    pub host: Option<Vec<String>>,
    /// The folder for the embedded database and the sealed chunks; ./vv-server-data when it is not said.
    #[arg(long, env = "VV_SERVER_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// postgres://… to keep spaces in PostgreSQL, with any number of servers beside each other.
    #[arg(long, env = "VV_SERVER_DATABASE", hide_env_values = true, global = true)]
    pub database: Option<String>,
    /// Most connections to PostgreSQL; 16 when it is not said.
    #[arg(long, env = "VV_SERVER_CONNECTIONS", global = true)]
    pub connections: Option<usize>,
    /// Where sealed chunks are kept: a folder, or s3://bucket (with AWS_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID and
    /// AWS_SECRET_ACCESS_KEY). The folder `blobs` in the data folder when it is not said.
    #[arg(long, env = "VV_SERVER_BLOBS", global = true)]
    pub blobs: Option<String>,
    /// A file with 64 hexadecimal digits that prove tokens and vouchers. Kept in the database when it is not said.
    #[arg(long, env = "VV_SERVER_SECRET_FILE", global = true)]
    pub secret_file: Option<PathBuf>,
    /// A file with the certificates for TLS, in PEM. Read again at SIGHUP.
    #[arg(long, env = "VV_SERVER_TLS_CERTIFICATES", requires = "tls_key", global = true)]
    pub tls_certificates: Option<PathBuf>,
    /// A file with the key for TLS, in PEM.
    #[arg(long, env = "VV_SERVER_TLS_KEY", requires = "tls_certificates", global = true)]
    pub tls_key: Option<PathBuf>,
    /// A proxy stands before this server and says in X-Forwarded-For who asks; used for nothing but limits.
    #[arg(long, env = "VV_SERVER_BEHIND_PROXY", num_args = 0..=1, default_missing_value = "true", global = true)]
    pub behind_proxy: Option<bool>,
    /// Whether a new space needs a voucher. On this computer only (a loopback address) it does not; elsewhere it does, unless
    /// this says false.
    #[arg(long, env = "VV_SERVER_VOUCHERS", num_args = 0..=1, default_missing_value = "true", global = true)]
    pub vouchers: Option<bool>,
    /// How many MiB a space may hold; 5,120 when it is not said.
    #[arg(long, env = "VV_SERVER_SPACE_QUOTA", global = true)]
    pub space_quota: Option<u64>,
    /// How many MiB an attached file may have; 100 when it is not said. Devices hold to it.
    #[arg(long, env = "VV_SERVER_FILE_LIMIT", global = true)]
    pub file_limit: Option<u64>,
    /// How many pushes a second one access key has; 20 when it is not said, five times as many at once.
    #[arg(long, env = "VV_SERVER_PUSHES", global = true)]
    pub pushes: Option<f64>,
    /// How many requests a second one address has; 50 when it is not said, ten times as many at once. Many people of one
    /// office may share an address.
    #[arg(long, env = "VV_SERVER_REQUESTS", global = true)]
    pub requests: Option<f64>,
    /// How many MiB a second one access key pulls; 8 when it is not said, eight times as many at once.
    #[arg(long, env = "VV_SERVER_PULLED", global = true)]
    pub pulled: Option<f64>,
    /// Where the counters for Prometheus are answered as well, as address:port. At the main address they are answered to this
    /// computer only.
    #[arg(long, env = "VV_SERVER_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<SocketAddr>,
    /// How much goes to the log: error, warn, info, debug; info when it is not said.
    #[arg(long, env = "VV_SERVER_LOG", global = true)]
    pub log: Option<String>,
    /// The form of the log: text or json; text when it is not said.
    #[arg(long, env = "VV_SERVER_LOG_FORMAT", value_parser = ["text", "json"], global = true)]
    pub log_format: Option<String>,
    /// How many seconds requests have to end after SIGTERM; 30 when it is not said.
    #[arg(long, env = "VV_SERVER_DRAIN", global = true)]
    pub drain: Option<u64>,
}

impl Options {
    /// Reads a TOML file.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{} is not as it should be: {error}", path.display()))
    }

    /// Takes from `other` what is not set here.
    pub fn or(self, other: Self) -> Self {
        Self {
            listen: self.listen.or(other.listen),
            host: self.host.or(other.host),
            data: self.data.or(other.data),
            database: self.database.or(other.database),
            connections: self.connections.or(other.connections),
            blobs: self.blobs.or(other.blobs),
            secret_file: self.secret_file.or(other.secret_file),
            tls_certificates: self.tls_certificates.or(other.tls_certificates),
            tls_key: self.tls_key.or(other.tls_key),
            behind_proxy: self.behind_proxy.or(other.behind_proxy),
            vouchers: self.vouchers.or(other.vouchers),
            space_quota: self.space_quota.or(other.space_quota),
            file_limit: self.file_limit.or(other.file_limit),
            pushes: self.pushes.or(other.pushes),
            requests: self.requests.or(other.requests),
            pulled: self.pulled.or(other.pulled),
            metrics_listen: self.metrics_listen.or(other.metrics_listen),
            log: self.log.or(other.log),
            log_format: self.log_format.or(other.log_format),
            drain: self.drain.or(other.drain),
        }
    }

    /// Gives where to listen.
    pub fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8787)))
    }

    /// Gives the folder for what is kept here.
    pub fn data(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from("vv-server-data"))
    }

    /// Decides how requests are answered, once it is known at which address.
    pub fn settings(&self, listening: SocketAddr) -> Result<Settings, String> {
        let is_local = listening.ip().is_loopback();
        let mut hosts = self.host.clone().unwrap_or_default();
        if hosts.is_empty() && !is_local {
            return Err("Devices must know this server by a name. Say it with --host.".to_owned());
        }
        if is_local {
            let port = listening.port();
            hosts.extend(["127.0.0.1", "[::1]", "localhost"].map(|name| format!("{name}:{port}")));
        }
        let rate = |per_second: f64, burst: f64| {
            let is_rate = per_second.is_finite() && per_second > 0.0;
            is_rate.then_some(Rate { per_second, burst: per_second * burst }).ok_or("A limit is above zero.")
        };
        Ok(Settings {
            hosts,
            needs_voucher: self.vouchers.unwrap_or(!is_local),
            quota: self.space_quota.unwrap_or(5_120).saturating_mul(MIB).min(i64::MAX as u64),
            blob: self.file_limit.unwrap_or(100).saturating_mul(MIB),
            pushes: rate(self.pushes.unwrap_or(20.0), 5.0)?,
            requests: rate(self.requests.unwrap_or(50.0), 10.0)?,
            pulled: rate(self.pulled.unwrap_or(8.0) * MIB as f64, 8.0)?,
            behind_proxy: self.behind_proxy.unwrap_or(false),
        })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_option_can_stand_in_a_file_and_says_in_the_help_what_it_does() {
        let command = CommandLine::command();
        for argument in command
            .get_arguments()
            .filter(|it| !["config", "help", "version"].contains(&it.get_id().as_str()))
        {
            assert!(argument.get_help().is_some(), "{} has no help", argument.get_id());
            assert!(argument.get_env().is_some(), "{} has no variable", argument.get_id());
            let name = argument.get_id().as_str();
            let known = [
                format!("{name} = 1"),
                format!("{name} = \"127.0.0.1:1\""),
                format!("{name} = [\"a\"]"),
                format!("{name} = true"),
            ];
            assert!(
                known.iter().any(|line| toml::from_str::<Options>(line).is_ok()),
                "{name} cannot stand in a file"
            );
        }
        command.debug_assert();
    }

    #[test]
    fn a_flag_stands_over_a_file_and_an_unknown_line_is_refused() {
        let file: Options = toml::from_str("space_quota = 1\nfile_limit = 2").unwrap();
        let line = CommandLine::try_parse_from(["vv-server", "--space-quota", "7"]).unwrap();
        let both = line.options.or(file);
        assert_eq!((both.space_quota, both.file_limit), (Some(7), Some(2)));
        assert!(toml::from_str::<Options>("spce_quota = 1").is_err());
    }

    #[test]
    fn on_this_computer_only_it_is_open_and_elsewhere_it_asks_for_a_name_and_vouchers() {
        let here = Options::default().settings("127.0.0.1:8787".parse().unwrap()).unwrap();
        assert!(!here.needs_voucher && here.hosts.contains(&"localhost:8787".to_owned()));
        let everywhere = "0.0.0.0:8787".parse().unwrap();
        assert!(Options::default().settings(everywhere).is_err());
        let named = Options { host: Some(vec!["vv.example.org".to_owned()]), ..Options::default() };
        assert!(named.settings(everywhere).unwrap().needs_voucher);
        assert!(Options { pushes: Some(0.0), ..named }.settings(everywhere).is_err());
    }
}
