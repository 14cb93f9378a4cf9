// Rich text that is pasted, as Markdown. The HTML is read into a document that runs nothing and fetches nothing.

import type TurndownService from 'turndown';

/** Elements that say something plain text cannot say. */
const TELLING = 'a[href], b, strong, i, em, s, del, strike, code, pre, blockquote, ul, ol, h1, h2, h3, h4, h5, h6, table, hr, img[alt]';
/** What never belongs to the words. */
const SILENT = 'script, style, noscript, template, iframe, object, embed, svg, canvas, form, input:not([type=checkbox]), button, select, textarea, head, meta, link, title';

/** Tells whether HTML from the clipboard says more than its plain text. */
export function isRich(html: string): boolean {
  const page = read(html);
  const telling = [...page.body.querySelectorAll(TELLING)];
  // Some programs wrap everything in one bold element that says its text is not bold.
  return telling.some((one) => !isHollow(one) && one.textContent?.trim() !== '');
}

/** Gives HTML from the clipboard as Markdown. */
export async function markdownOf(html: string): Promise<string> {
  const service = await converter();
  const page = read(html);
  for (const one of page.body.querySelectorAll(SILENT)) one.remove();
  for (const one of page.body.querySelectorAll('b, i')) if (isHollow(one)) one.replaceWith(...one.childNodes);
  // A picture of somewhere else is not fetched; its words stand for it.
  for (const one of page.body.querySelectorAll('img')) one.replaceWith(one.getAttribute('alt') ?? '');
  for (const one of page.body.querySelectorAll('a[href]')) {
    if (!/^(https?:|mailto:)/i.test(one.getAttribute('href') ?? '')) one.replaceWith(...one.childNodes);
  }
  return service.turndown(page.body.innerHTML).replace(/\u00a0/g, ' ').trim();
}

function read(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function isHollow(element: Element): boolean {
  return /font-(weight|style):\s*normal/i.test(element.getAttribute('style') ?? '');
}

// The library leaves three blanks after a bullet; people write one.
function itemOf(content: string, node: Node): string {
  const list = node.parentElement;
  const begin = Number(list?.getAttribute('start') ?? 1);
  const at = list ? [...list.children].indexOf(node as Element) : 0;
  const bullet = list?.nodeName === 'OL' ? `${begin + at}. ` : '- ';
  const words = content.trim().replace(/^\[([ x])\]\s+/, '[$1] ').replace(/\n{2,}(?=\s*([-*+]|\d+\.) )/g, '\n').replace(/\n/g, `\n${' '.repeat(bullet.length)}`);
  return `${bullet}${words}${node.nextSibling ? '\n' : ''}`;
}

let made: Promise<TurndownService> | undefined;

function converter(): Promise<TurndownService> {
  made ??= Promise.all([import('turndown'), import('@joplin/turndown-plugin-gfm')]).then(([{ default: Service }, { gfm }]) => {
    const service = new Service({ headingStyle: 'atx', bulletListMarker: '-', codeBlockStyle: 'fenced', emDelimiter: '*', hr: '---' });
    service.use(gfm);
    service.addRule('item', { filter: 'li', replacement: (content, node) => itemOf(content, node) });
    return service;
  });
  return made;
}
