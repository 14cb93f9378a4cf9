//! The machine a run was made on, and what a process takes of it, read from the system. Only numbers: no names, no paths.

use std::collections::HashMap;
use std::fs;
use std::process::Command;

/// Describes the machine in one line: cores, memory, kernel and how busy it was.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal:").unwrap_or_default() / 1024;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    format!("{cores} cores, {memory} MiB of memory, Linux {}, load at the beginning {load}", kernel.trim())
}

/// Waits until everything that was written lies on the disk, so that a measure does not pay for what came before it.
pub fn settle_disk() {
    let done = Command::new("sync").status();
    assert!(done.is_ok_and(|status| status.success()), "the disk takes what was written");
}

/// Gives the most memory that this process has had, in MiB.
pub fn own_peak_mib() -> u64 {
    field("/proc/self/status", "VmHWM:").unwrap_or_default() / 1024
}

/// Gives the proportional share of memory of a process and of all that it started, in MiB.
pub fn tree_pss_mib(root: u32) -> f64 {
    tree(root).iter().filter_map(|id| field(&format!("/proc/{id}/smaps_rollup"), "Pss:")).sum::<u64>() as f64
        / 1024.0
}

/// Gives the proportional share of memory of each process of a tree by its name, in MiB.
pub fn tree_pss_by_name(root: u32) -> Vec<(String, f64)> {
    let of = |id: &u32| {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?.trim().to_owned();
        Some((name, field(&format!("/proc/{id}/smaps_rollup"), "Pss:")? as f64 / 1024.0))
    };
    tree(root).iter().filter_map(of).collect()
}

/// Says whether a process is there.
pub fn runs(id: u32) -> bool {
    field(&format!("/proc/{id}/status"), "Pid:").is_some()
}

/// Lists a process and all that came of it.
fn tree(root: u32) -> Vec<u32> {
    let mut children: HashMap<u64, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        if let Some(parent) = field(&format!("/proc/{id}/status"), "PPid:") {
            children.entry(parent).or_default().push(id);
        }
    }
    let mut all = vec![root];
    let mut at = 0;
    while let Some(id) = all.get(at) {
        all.extend(children.get(&u64::from(*id)).into_iter().flatten());
        at += 1;
    }
    all
}

/// Reads the number behind a name in one of the system's lists.
fn field(path: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}
