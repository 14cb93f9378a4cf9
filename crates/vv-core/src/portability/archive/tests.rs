//! What may lie where in an archive.

use super::*;

#[test]
fn names_lead_nowhere_but_into_the_tree() {
    for outside in
        ["../a.md", "a/../../b.md", "/etc/passwd", "C:/x.md", "c:\\x.md", "..\\..\\x.md", "a\0b.md", "", "./"]
    {
        assert!(matches!(placed(outside), Placed::Outside), "{outside:?}");
    }
    for (path, inside) in [("a\\b.md", "a/b.md"), ("./a//b.md", "a/b.md"), ("a:b.md", "a:b.md")] {
        assert!(matches!(placed(path), Placed::Inside(found) if found == inside), "{path}");
    }
    assert!(matches!(placed(&"a/".repeat(100)), Placed::TooDeep));
    assert!(matches!(placed("v/.obsidian/daily-notes.json"), Placed::Settings(_)));
    for hidden in [".git/config", "a/.DS_Store", "__MACOSX/a.md", "v/.obsidian/plugins/x.json"] {
        assert!(matches!(placed(hidden), Placed::Hidden), "{hidden}");
    }
}
