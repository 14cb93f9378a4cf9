//! Scripts that run in the page: waiting, finding by role and name, looking for barriers.

use std::time::Duration;

/// Finds the first visible element with a role and an accessible name. The name may be a beginning of the real one.
pub const FIND: &str = r#"((role, name) => {
    const all = __NAMED__(role).filter(([, its]) => its === name || its.startsWith(name));
    return (all.find(([, its]) => its === name) ?? all[0] ?? [null])[0];
})"#;

/// Lists the names of all visible elements with a role.
pub const NAMES: &str = r#"((role) => __NAMED__(role).map(([, name]) => name))"#;

const NAMED: &str = r#"((role) => {
    const KINDS = {
        button: 'button, [role=button], summary',
        link: 'a[href], [role=link]',
        textbox: 'input:not([type]), input[type=text], input[type=password], input[type=search], input[type=date], input[type=time], textarea, [role=textbox], [role=combobox], [role=searchbox], [contenteditable=true]',
        checkbox: 'input[type=checkbox], [role=checkbox], [role=switch]',
        radio: 'input[type=radio], [role=radio]',
        heading: 'h1, h2, h3, h4, [role=heading]',
        option: '[role=option]',
        row: '[role=row], [role=listitem], li',
        menuitem: '[role=menuitem], [role=menuitemradio], [role=menuitemcheckbox]',
        tab: '[role=tab]',
        dialog: 'dialog[open], [role=dialog], [role=alertdialog]',
        img: 'img, [role=img]',
    };
    const plain = (words) => words.replace(/[\u200b-\u200f\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
    const text = (element) => plain(element.innerText ?? element.textContent ?? '');
    const named = (element) => {
        const by = element.getAttribute('aria-labelledby');
        if (by) return by.split(/\s+/).map((id) => text(document.getElementById(id) ?? document.createElement('i'))).join(' ');
        const label = element.getAttribute('aria-label');
        if (label) return plain(label);
        if (element.labels?.length) return [...element.labels].map(text).join(' ');
        if (element.alt) return element.alt;
        return text(element) || element.title || element.placeholder || '';
    };
    const seen = (element) => {
        const inert = element.closest('[inert], [aria-hidden=true]');
        const box = element.getBoundingClientRect();
        // A native radio button may be hidden under a drawn one; its label then stands for it.
        const shown = (box.width > 0 && box.height > 0) || element.labels?.length > 0;
        return !inert && shown && getComputedStyle(element).visibility !== 'hidden';
    };
    return [...document.querySelectorAll(KINDS[role] ?? `[role=${role}]`)].filter(seen).map((element) => [element, named(element)]);
})"#;

/// Counts what the page asks to be kept, and how far that was answered.
pub const COUNT_KEEPS: &str = r#"
    window.keeps = { asked: 0, done: 0, before: 0 };
    const real = window.fetch;
    window.fetch = async (...call) => {
        if (!/journal_(keep_draft|save_text|create_entry)/.test(String(call[0]))) return real(...call);
        const mine = (window.keeps.asked += 1);
        const answer = await real(...call);
        if (answer.headers.get('Tauri-Response') === 'ok') window.keeps.done = Math.max(window.keeps.done, mine);
        return answer;
    };
"#;

/// Runs axe and gives one line for each finding: the rule, how serious it is, and the first places.
pub const AXE: &str = r#"
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
        .then((found) => done(found.violations.map((one) => `${one.id} (${one.impact}): ${one.help}: ` +
            one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`).join(' | '))))
        .catch((failure) => done([String(failure)]));
"#;

/// Makes a script that looks until an expression is true, and gives its value, or null when it takes too long.
pub fn waiting(expression: &str, patience: Duration) -> String {
    let expression = with_names(expression);
    format!(
        "const given = [...arguments]; const done = given.pop(); const until = performance.now() + {};
        (function look() {{
            let value;
            try {{ value = (function () {{ return ({expression}) }}).apply(null, given) }} catch (failure) {{ value = undefined }}
            if (value) done(value); else if (performance.now() > until) done(null); else setTimeout(look, 15);
        }})()",
        patience.as_millis()
    )
}

/// Puts the search for names into a script.
pub fn with_names(script: &str) -> String {
    script.replace("__NAMED__", NAMED)
}
