//! What comes back, as a screen sees it while the days go by.

use chrono::TimeDelta;
use vv_api::model::{
    intentions::{AnswerIntention, AnswerInto, IntentionAnswer, MakeIntention},
    loops::{LoopPart, MakeLoop},
    past::{AnswerKeepsake, KeepEntry, StillTrue},
};

use crate::computer::Computer;

#[test]
fn an_intention_comes_back_beside_its_words_and_its_answer_fills_the_next_part_of_its_loop() {
    let computer = Computer::with_keyring();
    let app = &computer.app;
    let entry = computer.write("I answered before she had finished.");
    let made = MakeLoop { title: "Asking first".into(), why: String::new() };
    let of = vv_api::loops_make(app, made).unwrap().row.id;
    let due_on = (computer.ports.host.clock.now() + TimeDelta::days(5)).date_naive();
    let intention = MakeIntention {
        text: "Say the question back".into(),
        due_on,
        entry: Some(entry.id),
        from_words: "before she had finished".into(),
        loop_id: Some(of),
    };
    let id = vv_api::intentions_make(app, intention).unwrap().id;
    assert!(vv_api::past_today(app).unwrap().intentions.is_empty());

    computer.ports.clock.advance(TimeDelta::days(5));
    let back = vv_api::past_today(app).unwrap().intentions.remove(0);
    assert_eq!((back.entry, back.from_words.as_str()), (Some(entry.id), "before she had finished"));

    let into = AnswerInto::Loop { id: of, part: None };
    let answer = IntentionAnswer::Done { words: "She repeated it slower.".into(), into };
    let answered = vv_api::intentions_answer(app, AnswerIntention { id, answer }).unwrap();
    assert_eq!(answered.loop_id, Some(of));
    let shown = vv_api::loops_get(app, of.to_string()).unwrap();
    assert_eq!(
        (shown.fillings[0].part, shown.fillings[0].words.as_str()),
        (LoopPart::Gain, "She repeated it slower.")
    );
    assert!(vv_api::past_today(app).unwrap().intentions.is_empty());
}

#[test]
fn an_entry_marked_to_return_asks_after_a_month_and_says_what_changed() {
    let computer = Computer::with_keyring();
    let app = &computer.app;
    let entry = computer.write("Estimates are one number.");
    vv_api::past_keep(app, KeepEntry { id: entry.id, kept: true }).unwrap();
    assert!(vv_api::loops_of_entry(app, entry.id.to_string()).unwrap().kept);
    computer.ports.clock.advance(TimeDelta::days(30));
    assert_eq!(vv_api::past_today(app).unwrap().keepsake.unwrap().entry.id, entry.id);
    let changed = AnswerKeepsake { id: entry.id, answer: StillTrue::Changed, words: "They are two.".into() };
    let became = vv_api::past_answer_keepsake(app, changed).unwrap().became.unwrap();
    let text = vv_api::journal_get_entry(app, became.to_string()).unwrap().text;
    assert!(text.starts_with("They are two.\n\n[["));
    assert!(vv_api::past_today(app).unwrap().keepsake.is_none());
}
