use super::*;
use super::devices::{Laptop, raws};
use crate::journal::{NewEntry, create_entry};
use crate::store::page::Page;
use std::time::Instant;

#[test]
#[ignore]
fn speed() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    for _ in 0..20 {
        one.notebook.write(|tx| { for n in 0..500 {
            create_entry(tx, NewEntry { text: format!("{n} {}", "words of a day that went well ".repeat(4)), ..NewEntry::default() }).unwrap();
        } Ok::<_, StoreError>(()) }).unwrap();
    }
    let all = raws(&one.notebook);
    let begin = Instant::now();
    let (mut p, mut m) = (0.0, 0.0);
    for page in all.chunks(500) {
        let t = Instant::now();
        let page = two.notebook.read(|r| Page::prepare(r, page.to_vec())).unwrap();
        p += t.elapsed().as_secs_f64();
        let t = Instant::now();
        two.notebook.write(|tx| tx.take_in_page(&page)).unwrap();
        m += t.elapsed().as_secs_f64();
    }
    let s = begin.elapsed().as_secs_f64();
    println!("SPEED {} records {s:.2} s = {:.0}/s prepare {p:.2} merge {m:.2}", all.len(), all.len() as f64 / s);
}
