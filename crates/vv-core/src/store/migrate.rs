//! The versions of the tables, in order. A version is the number of migrations that were applied.

use rusqlite::{Connection, TransactionBehavior};

use super::authors;
use super::error::{NotebookError, StoreError};
use crate::identity::adopt;
use crate::ports::Host;

/// Holds every migration in order. What was released is never changed; a change is a new file.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_store.sql"),
    include_str!("migrations/0002_journal.sql"),
    include_str!("migrations/0003_search.sql"),
    include_str!("migrations/0004_guides.sql"),
    include_str!("migrations/0005_loops.sql"),
    include_str!("migrations/0006_past.sql"),
    include_str!("migrations/0007_templates.sql"),
    include_str!("migrations/0008_people.sql"),
    include_str!("migrations/0009_voice.sql"),
    include_str!("migrations/0010_sync.sql"),
    include_str!("migrations/0011_devices.sql"),
    include_str!("migrations/0012_spaces.sql"),
    include_str!("migrations/0014_pairings.sql"),
    include_str!("migrations/0015_meetings.sql"),
];

/// Says how the version of a file stands to the version of this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The same.
    Current,
    /// The file is older and can be brought up to date.
    Older(u32),
}

/// Tells the version of the tables.
pub(crate) fn version(sql: &Connection) -> Result<u32, StoreError> {
    Ok(sql.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Judges the version of a file that is there. A newer one is refused; a file without a version is no notebook any more.
pub(crate) fn standing(sql: &Connection, migrations: &[&str]) -> Result<Standing, NotebookError> {
    let latest = migrations.len() as u32;
    match version(sql)? {
        0 => Err(StoreError::Damaged.into()),
        version if version == latest => Ok(Standing::Current),
        version if version < latest => Ok(Standing::Older(version)),
        _ => Err(NotebookError::NewerVersion),
    }
}

/// Applies what is missing, all of it or nothing.
pub(crate) fn migrate(sql: &mut Connection, migrations: &[&str]) -> Result<(), StoreError> {
    let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    apply(&tx, migrations)?;
    tx.commit()?;
    Ok(())
}

fn apply(sql: &Connection, migrations: &[&str]) -> Result<(), StoreError> {
    let applied = version(sql)? as usize;
    for migration in migrations.iter().skip(applied) {
        sql.execute_batch(migration)?;
    }
    sql.pragma_update(None, "user_version", migrations.len() as u32)?;
    Ok(())
}

/// Brings the file of an earlier version up to date: its tables, and what it keeps in them; all of it or nothing.
pub(crate) fn upgrade(sql: &mut Connection, host: &Host) -> Result<(), StoreError> {
    let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    apply(&tx, MIGRATIONS)?;
    adopt::adopt(&tx, host)?;
    authors::resolve_older(&tx, host)?;
    tx.commit()?;
    Ok(())
}

/// Lists the tables that follow from the log alone: those whose comment does not begin with `local` or `log`.
pub(crate) fn projections(migrations: &[&str]) -> Vec<String> {
    let own = |comment: &str| comment.starts_with("local") || comment.starts_with("log");
    commented_tables(migrations)
        .into_iter()
        .filter(|(_, comment)| !own(comment))
        .map(|(name, _)| name)
        .collect()
}

/// Lists all ordinary tables.
pub(crate) fn tables(migrations: &[&str]) -> Vec<String> {
    commented_tables(migrations).into_iter().map(|(name, _)| name).collect()
}

/// Reads the names of the ordinary tables and the first line of the comment before each.
fn commented_tables(migrations: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for migration in migrations {
        let mut comment = String::new();
        for line in migration.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("--") {
                if comment.is_empty() {
                    comment = words.trim().to_owned();
                }
            } else {
                if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                    let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.push((name, comment.clone()));
                }
                comment.clear();
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_machine_knows_and_the_log_itself_are_no_projections() {
        let names = projections(MIGRATIONS);
        for projection in [
            "obj",
            "field",
            "element",
            "doc",
            "entry",
            "entry_tag",
            "attachment",
            "loop",
            "goal",
            "intention",
            "keepsake",
            "person",
            "person_name",
            "entry_person",
            "helped",
        ] {
            assert!(names.iter().any(|name| name == projection), "{projection}");
        }
        for other in ["meta", "secret", "record", "feed", "backup", "entry_draft", "search_dirty"] {
            assert!(!names.iter().any(|name| name == other), "{other}");
        }
    }

    #[test]
    fn a_newer_file_is_refused_and_an_older_one_is_brought_up_to_date_in_one_step() {
        let mut sql = Connection::open_in_memory().unwrap();
        let old = ["CREATE TABLE a (x); INSERT INTO a VALUES (1)"];
        migrate(&mut sql, &old).unwrap();
        let new = [old[0], "ALTER TABLE a ADD COLUMN y", "broken"];
        assert_eq!(standing(&sql, &new).unwrap(), Standing::Older(1));
        assert!(migrate(&mut sql, &new).is_err());
        assert_eq!(version(&sql).unwrap(), 1, "a migration that fails leaves nothing behind");
        assert!(sql.execute_batch("SELECT y FROM a").is_err());
        migrate(&mut sql, &new[..2]).unwrap();
        assert_eq!(standing(&sql, &new[..2]).unwrap(), Standing::Current);
        assert!(matches!(standing(&sql, &old), Err(NotebookError::NewerVersion)));
    }
}
