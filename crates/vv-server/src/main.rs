//! The program `vv-server`: reads its options, then serves or does what the administrator asks.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of the terminal speaks to it")]

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;
use vv_server::config::{Command, CommandLine, Options};

fn main() -> ExitCode {
    let line = CommandLine::parse();
    let options = match line.config.as_deref().map_or(Ok(Options::default()), Options::read) {
        Ok(file) => line.options.or(file),
        Err(problem) => return fail(&problem),
    };
    write_log(&options);
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        return fail("TLS could not be set up.");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(problem) => return fail(&problem.to_string()),
    };
    let outcome = runtime.block_on(async {
        match line.command.unwrap_or(Command::Serve) {
            // Who started it may want to know at which port it listens, when it chose none.
            Command::Serve => vv_server::serve(options, |address| println!("listening at {address}"))
                .await
                .map(|()| String::new()),
            command => vv_server::admin::run(command, &options).await,
        }
    });
    match outcome {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(problem) => fail(&problem),
    }
}

fn fail(problem: &str) -> ExitCode {
    eprintln!("vv-server: {problem}");
    ExitCode::FAILURE
}

/// Sends the log to standard error: what happens, never whose it is.
fn write_log(options: &Options) {
    // Libraries may name addresses and paths in what they log; only what is our own is written below warnings.
    let level = options.log.as_deref().unwrap_or("info");
    let filter =
        EnvFilter::try_new(format!("warn,vv_server={level}")).unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match options.log_format.as_deref() {
        Some("json") => log.json().init(),
        _ => log.init(),
    }
}
