// The entry that a run becomes, in blocks to be shown before it is kept. It reads only what the end of a run writes: headings,
// the question beneath one, lines of a list; everything else is words.

export interface Block {
  kind: 'heading' | 'part' | 'question' | 'item' | 'words';
  text: string;
  label?: string;
}

const plainLink = (text: string): string => text.replace(/\[\[([^[\]|]*)\|[^[\]]*\]\]/g, '$1');

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let afterHeading = false;
  for (const part of markdown.split(/\n{2,}/).map((one) => one.trim()).filter(Boolean)) {
    const heading = /^(#{2,3}) (.+)$/.exec(part);
    if (heading) {
      blocks.push({ kind: heading[1] === '##' ? 'heading' : 'part', text: heading[2] ?? '' });
      afterHeading = heading[1] === '##';
      continue;
    }
    const question = afterHeading ? /^\*([^*\n]+)\*$/.exec(part) : null;
    afterHeading = false;
    if (question) blocks.push({ kind: 'question', text: question[1] ?? '' });
    else if (part.split('\n').every((line) => line.startsWith('- '))) blocks.push(...part.split('\n').map(item));
    else blocks.push({ kind: 'words', text: plainLink(part) });
  }
  return blocks;
}

function item(line: string): Block {
  const labelled = /^- \*\*(.+?)\*\* (.*)$/.exec(line);
  if (labelled) return { kind: 'item', label: labelled[1] ?? '', text: plainLink(labelled[2] ?? '') };
  return { kind: 'item', text: plainLink(line.slice(2)).replace(/^\[x\] /, '✓ ').replace(/ \*\((.+)\)\*$/, ' ($1)') };
}
