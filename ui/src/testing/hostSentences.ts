// The sentences that stand in the host's sources and can reach a person, for the test that each of them is translated.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders and files of the host whose sentences reach the screens, from the root of the repository. */
const PLACES = [
  'crates/vv-api/src',
  'crates/vv-core/src',
  'crates/vv-crypto/src/kit_file.rs',
  'crates/vv-crypto/src/kit_words.rs',
  'crates/vv-crypto/src/passphrase.rs',
  'src-tauri/src/commands',
  'src-tauri/src/hotkey.rs',
];
/** What stands there and is said to nobody: samples, words with tables of their own, generated files, the terminal's. */
const SILENT = [/\/demo[./]/, /\/tests?[./]/, /_tests\.rs$/, /\/fuzz(ing)?\.rs$/, /\/model\//, /wording\.rs$/, /common_words\.rs$/, /built_in/, /\/bin\//, /commands\.rs$/, /typescript\.rs$/, /stems?\.rs$/, /\/ports\/testing/, /language\.rs$/];
/** How a line goes on that speaks to programmers, to SQL or to a log. */
const NOT_SAID = /expect\(|tracing::|assert|panic!|SELECT| FROM |INSERT|UPDATE |DELETE|WHERE|PRAGMA|CREATE |ORDER BY|deprecated|reason =|unreachable!|const .*_SQL/;

function* filesIn(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path)) {
    const below = join(path, name);
    if (statSync(below).isDirectory() || name.endsWith('.rs')) yield* filesIn(below);
  }
}

const withoutTests = (source: string): string => source.split(/^#\[cfg\(test\)\]\s*(?:#\[.*\]\s*)*mod \w+ \{/m)[0] ?? '';

/** Gives every sentence, with `{}` where something is put in, and the file it stands in. */
export function hostSentences(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const place of PLACES) {
    for (const file of filesIn(join(root, place))) {
      const path = file.slice(root.length + 1);
      if (SILENT.some((silent) => silent.test(path))) continue;
      const source = withoutTests(readFileSync(file, 'utf8')).replace(/^\s*\/\/.*$/gm, '');
      for (const literal of source.matchAll(/"((?:[^"\\]|\\[\s\S])*)"/g)) {
        const before = source.slice(0, literal.index).split('\n').slice(-2).join(' ').slice(-90);
        const text = (literal[1] ?? '').replace(/\\\n\s*/g, '').replace(/\\"/g, '"').replace(/\{\{/g, '\u0001').replace(/\{[^{}]*\}/g, '{}').replace(/\u0001/g, '{{');
        const sentence = text.replace(/\.$/, '');
        const isSentence = sentence.trim().split(/\s+/).length >= 3 && /^[\p{L}{“`]/u.test(sentence) && /[a-z]{3} /.test(sentence) && !/[\n\\<>;=]|::|^\w+_\w+ /.test(sentence.replace(/; [a-z]/g, ''));
        if (isSentence && !NOT_SAID.test(before) && !NOT_SAID.test(text)) found.set(sentence, path);
      }
    }
  }
  return found;
}
