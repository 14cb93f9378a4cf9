import { describe, expect, it } from 'vitest';
import { isRich, markdownOf } from './rich';

describe('rich text that is pasted', () => {
  it('is_rich_only_when_it_says_more_than_its_words', () => {
    expect(isRich('<meta charset="utf-8"><span style="color: red">only words</span><div>two lines</div>')).toBe(false);
    expect(isRich('<b style="font-weight:normal" id="docs-internal"><p>only words</p></b>')).toBe(false);
    expect(isRich('<p>one <strong>word</strong></p>')).toBe(true);
    expect(isRich('<ul><li>one</li></ul>')).toBe(true);
    expect(isRich('')).toBe(false);
  });

  it('becomes_markdown_with_headings_lists_links_and_tables', async () => {
    const html = '<h2>Margin</h2><p>What is <em>left</em>, <b>drawn</b> by <a href="https://example.org/jon">Jon</a>.</p><ol><li>price</li><li>cost</li></ol>'
      + '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>';
    const text = await markdownOf(html);
    expect(text).toContain('## Margin');
    expect(text).toContain('What is *left*, **drawn** by [Jon](https://example.org/jon).');
    expect(text).toContain('\n\n1. price\n2. cost\n\n');
    expect(text.replace(/ +/g, ' ')).toMatch(/\| a \| b \|\n\| -+ \| -+ \|\n\| 1 \| 2 \|/);
  });

  it('keeps_lists_in_lists_and_tasks', async () => {
    const html = '<ul><li>one<ul><li>inside</li></ul></li><li><input type="checkbox" checked> done</li><li><input type="checkbox"> open</li></ul>';
    expect((await markdownOf(html)).split('\n').map((line) => line.trimEnd())).toEqual(['- one', '  - inside', '- [x] done', '- [ ] open']);
  });

  it('runs_and_fetches_nothing_and_keeps_no_hidden_words', async () => {
    const html = '<p onclick="x()">words<script>steal()</script><style>p{}</style><img src="https://example.org/pixel.png" alt="a chart" onerror="steal()"><a href="javascript:steal()">here</a></p>';
    const text = await markdownOf(html);
    expect(text).toBe('wordsa charthere');
  });

  it('does_not_take_marks_in_the_words_for_markdown', async () => {
    expect(await markdownOf('<p>2 * 3 * 4 and <b>_this_</b></p>')).toBe('2 \\* 3 \\* 4 and **\\_this\\_**');
  });
});
