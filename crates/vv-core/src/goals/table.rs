//! The tables of goals: all SQL of the feature. `project` alone writes them.

use rusqlite::{Connection, Row, params};

use super::model::{Goal, GoalEnd, GoalFilter, GoalPlan, Point};
use super::record;
use crate::day;
use crate::ids::{EntryId, GoalId, LoopId, PointId};
use crate::journal::record::ms_of;
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a goal into its rows; one that was deleted for good loses them.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Loops);
    let sql = tx.sql();
    sql.prepare_cached("DELETE FROM goal_point WHERE goal = ?1")?.execute([&object.id])?;
    if object.erased {
        sql.prepare_cached("DELETE FROM goal WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    let (plan, end) = (record::plan_of(object), record::end_of(object));
    let mut write = sql.prepare_cached(
        "INSERT OR REPLACE INTO goal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
         ?17, ?18)",
    )?;
    write.execute(params![
        object.id,
        plan.wish,
        plan.best_result,
        plan.obstacle,
        plan.if_then,
        plan.fallback,
        plan.first_step,
        plan.why,
        plan.review_on.map(day::number),
        plan.objective,
        plan.behaviours.join("\n"),
        plan.loop_id.as_ref().map(LoopId::as_bytes),
        day::number(record::begun_on(object)),
        end.as_ref().map(|end| day::number(end.on)),
        end.as_ref().map(|end| record::ending_number(end.ending)),
        end.as_ref().map_or("", |end| end.words.as_str()),
        object.int(record::TRASHED_AT),
        ms_of(object.updated),
    ])?;
    let mut write = sql.prepare_cached("INSERT INTO goal_point VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for point in record::points_of(object) {
        write.execute(params![
            object.id,
            point.id.as_bytes(),
            record::kind_number(point.kind),
            day::number(point.on),
            point.made_at,
            point.words,
            point.entry.as_ref().map(EntryId::as_bytes),
            point.behaviour,
        ])?;
    }
    Ok(())
}

const ROW: &str = "id, wish, best_result, obstacle, if_then, fallback, first_step, why, review_on, objective, behaviours, \
                   loop, begun_on, ended_on, ending, ending_words, trashed_at IS NOT NULL";

fn read_row(row: &Row<'_>) -> rusqlite::Result<Goal> {
    let day = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.and_then(day::of_number));
    let behaviours: String = row.get(10)?;
    let end = match (day(13)?, row.get::<_, Option<i64>>(14)?) {
        (Some(on), Some(ending)) => {
            Some(GoalEnd { on, ending: record::ending_of(ending), words: row.get(15)? })
        }
        _ => None,
    };
    Ok(Goal {
        id: GoalId::from_bytes(row.get(0)?),
        plan: GoalPlan {
            wish: row.get(1)?,
            best_result: row.get(2)?,
            obstacle: row.get(3)?,
            if_then: row.get(4)?,
            fallback: row.get(5)?,
            first_step: row.get(6)?,
            why: row.get(7)?,
            review_on: day(8)?,
            objective: row.get(9)?,
            behaviours: behaviours.lines().map(str::to_owned).collect(),
            loop_id: row.get::<_, Option<[u8; 16]>>(11)?.map(LoopId::from_bytes),
        },
        begun_on: day(12)?.unwrap_or_default(),
        end,
        trashed: row.get(16)?,
        points: Vec::new(),
    })
}

fn read_points(sql: &Connection, id: GoalId) -> Result<Vec<Point>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT p.id, p.kind, p.on_day, p.words, p.entry, p.behaviour, e.title, e.excerpt FROM goal_point AS p \
         LEFT JOIN entry AS e ON e.id = p.entry AND e.trashed_at IS NULL WHERE p.goal = ?1 \
         ORDER BY p.on_day, p.made_at, p.id",
    )?;
    let points = read.query_map([id.as_bytes()], |row| {
        let entry = row.get::<_, Option<[u8; 16]>>(4)?.map(EntryId::from_bytes);
        let title: Option<String> = row.get(6)?;
        Ok(Point {
            id: PointId::from_bytes(row.get(0)?),
            kind: record::kind_of(row.get(1)?),
            on: day::of_number(row.get(2)?).unwrap_or_default(),
            words: row.get(3)?,
            entry,
            is_there: entry.is_none() || title.is_some(),
            entry_title: match title {
                Some(title) if title.is_empty() => row.get(7)?,
                Some(title) => title,
                None => String::new(),
            },
            behaviour: row.get(5)?,
        })
    })?;
    Ok(points.collect::<Result<_, _>>()?)
}

fn rows(sql: &Connection, which: &str, with: &[&dyn rusqlite::ToSql]) -> Result<Vec<Goal>, StoreError> {
    let mut read = sql.prepare_cached(&format!("SELECT {ROW} FROM goal WHERE {which}"))?;
    let mut goals: Vec<Goal> = read.query_map(with, read_row)?.collect::<Result<_, _>>()?;
    for goal in &mut goals {
        goal.points = read_points(sql, goal.id)?;
    }
    Ok(goals)
}

/// Reads one goal.
pub(super) fn get(sql: &Connection, id: GoalId) -> Result<Option<Goal>, StoreError> {
    Ok(rows(sql, "id = ?1", &[&id.as_bytes()])?.pop())
}

/// Lists goals.
pub(super) fn list(sql: &Connection, filter: GoalFilter) -> Result<Vec<Goal>, StoreError> {
    let which = match filter {
        GoalFilter::Open => {
            "trashed_at IS NULL AND ended_on IS NULL ORDER BY review_on IS NULL, review_on, begun_on, id"
        }
        GoalFilter::Ended => "trashed_at IS NULL AND ended_on IS NOT NULL ORDER BY ended_on DESC, id DESC",
        GoalFilter::Trashed => "trashed_at IS NOT NULL ORDER BY trashed_at DESC, id DESC",
    };
    rows(sql, which, &[])
}

/// Lists the goals outside the trash that belong to a loop.
pub(super) fn of_loop(sql: &Connection, id: LoopId) -> Result<Vec<Goal>, StoreError> {
    rows(sql, "loop = ?1 AND trashed_at IS NULL ORDER BY begun_on, id", &[&id.as_bytes()])
}
