// Writing a picture to a file: the same shapes, in the colours that are shown, with its title above.

import type { PictureKind } from '@/ipc';
import { outlinePath, type Point } from '@/components/braid';
import { endsOf, pathOf, type Colour, type Scene } from './scene';

const MARGIN = 32;
const TITLE = 44;
/** Dots of a saved picture for each dot of the page, so that it stays sharp on paper. */
const SCALE = 2;

/** How a picture looks on this page: its colours and fonts. */
export interface Look {
  colour: (name: Colour) => string;
  read: string;
  ui: string;
}

/** Reads colours and fonts off the page. */
export function lookOf(page: Element = document.documentElement): Look {
  const style = getComputedStyle(page);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { colour: (name) => token(name), read: token('font-read') || 'serif', ui: token('font-ui') || 'sans-serif' };
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Writes a picture as SVG. */
export function svgOf(scene: Scene, title: string, look: Look): string {
  const width = scene.width + 2 * MARGIN;
  const height = scene.height + 2 * MARGIN + TITLE;
  const words = (x: number, y: number, text: string, size: number, font: 'read' | 'ui', fill: Colour, anchor = 'start', weight = 400): string =>
    `<text x="${x}" y="${y}" font-family="${escaped(font === 'read' ? look.read : look.ui)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${look.colour(fill)}">${escaped(text)}</text>`;
  const shapes = scene.shapes.map((shape) => {
    switch (shape.kind) {
      case 'dot':
        return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.r}" fill="${look.colour(shape.fill)}"/>`;
      case 'thread': {
        const path = outlinePath(shape.points);
        const twist = shape.way === 'teach' ? `<path d="${path}" fill="url(#twist)"/>` : '';
        return `<path d="${path}" fill="${look.colour(`thread-${shape.way}`)}"/>${twist}`;
      }
      case 'rim':
        return `<path d="${outlinePath(shape.points)}" fill="none" stroke="${look.colour('surface-page')}" stroke-width="4" stroke-linejoin="round"/>`;
      case 'bar':
        return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="${look.colour(shape.fill)}"/>`;
      case 'line':
        return `<path d="M${shape.x1} ${shape.y1}L${shape.x2} ${shape.y2}" stroke="${look.colour(shape.stroke)}" fill="none"/>`;
      case 'arc':
        return `<path d="${pathOf(shape)}" stroke="${look.colour(shape.stroke)}" stroke-width="${shape.width}"${shape.dotted ? ' stroke-dasharray="1 5" stroke-linecap="round"' : ''} fill="none"/>`;
      case 'words':
        return words(shape.x, shape.y, shape.text, shape.size, shape.font, shape.fill, shape.anchor, shape.weight);
    }
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(scene.shapes.some((shape) => shape.kind === 'thread')
      ? [`<defs><pattern id="twist" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(32)"><path d="M0 0V5" stroke="${look.colour('twist')}" stroke-width="1.5"/></pattern></defs>`]
      : []),
    `<rect width="${width}" height="${height}" fill="${look.colour('surface-page')}"/>`,
    words(MARGIN, MARGIN + 22, title, 23, 'read', 'text'),
    `<g transform="translate(${MARGIN} ${MARGIN + TITLE})">`,
    ...shapes,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Draws a picture on a canvas, with the fonts of the page, and gives it as PNG in Base64. */
export function pngOf(scene: Scene, title: string, look: Look): string {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil((scene.width + 2 * MARGIN) * SCALE);
  canvas.height = Math.ceil((scene.height + 2 * MARGIN + TITLE) * SCALE);
  const paint = canvas.getContext('2d');
  if (!paint) throw new Error('This engine draws no pictures.');
  paint.scale(SCALE, SCALE);
  paint.fillStyle = look.colour('surface-page');
  paint.fillRect(0, 0, canvas.width, canvas.height);
  const words = (x: number, y: number, text: string, size: number, font: 'read' | 'ui', fill: Colour, anchor = 'start', weight = 400): void => {
    paint.font = `${weight} ${size}px ${font === 'read' ? look.read : look.ui}`;
    paint.textAlign = anchor === 'middle' ? 'center' : (anchor as CanvasTextAlign);
    paint.fillStyle = look.colour(fill);
    paint.fillText(text, x, y);
  };
  const trace = (points: readonly Point[]): void => {
    points.forEach(([x, y], at) => (at === 0 ? paint.moveTo(x, y) : paint.lineTo(x, y)));
    paint.closePath();
  };
  /** Draws the twist of a thread inside the outline that was traced last. */
  const twist = (width: number, height: number): void => {
    paint.save();
    paint.clip();
    paint.beginPath();
    const lean = height * Math.tan((32 * Math.PI) / 180);
    for (let x = -lean; x < width + lean; x += 5.9) {
      paint.moveTo(x + lean, 0);
      paint.lineTo(x, height);
    }
    paint.strokeStyle = look.colour('twist');
    paint.lineWidth = 1.5;
    paint.setLineDash([]);
    paint.stroke();
    paint.restore();
  };
  words(MARGIN, MARGIN + 22, title, 23, 'read', 'text');
  paint.translate(MARGIN, MARGIN + TITLE);
  for (const shape of scene.shapes) {
    paint.beginPath();
    switch (shape.kind) {
      case 'dot':
        paint.fillStyle = look.colour(shape.fill);
        paint.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
        paint.fill();
        break;
      case 'thread':
        trace(shape.points);
        paint.fillStyle = look.colour(`thread-${shape.way}`);
        paint.fill();
        if (shape.way === 'teach') twist(scene.width, scene.height);
        break;
      case 'rim':
        trace(shape.points);
        paint.strokeStyle = look.colour('surface-page');
        paint.lineWidth = 4;
        paint.lineJoin = 'round';
        paint.setLineDash([]);
        paint.stroke();
        break;
      case 'bar':
        paint.fillStyle = look.colour(shape.fill);
        paint.fillRect(shape.x, shape.y, shape.width, shape.height);
        break;
      case 'line':
        paint.strokeStyle = look.colour(shape.stroke);
        paint.lineWidth = 1;
        paint.setLineDash([]);
        paint.moveTo(shape.x1, shape.y1);
        paint.lineTo(shape.x2, shape.y2);
        paint.stroke();
        break;
      case 'arc': {
        paint.strokeStyle = look.colour(shape.stroke);
        paint.lineWidth = shape.width;
        paint.lineCap = shape.dotted ? 'round' : 'butt';
        paint.setLineDash(shape.dotted ? [1, 5] : []);
        const { x1, y1 } = endsOf(shape);
        paint.moveTo(x1, y1);
        paint.arc(shape.x, shape.y, shape.r, shape.from * 2 * Math.PI - Math.PI / 2, shape.to * 2 * Math.PI - Math.PI / 2);
        paint.stroke();
        break;
      }
      case 'words':
        words(shape.x, shape.y, shape.text, shape.size, shape.font, shape.fill, shape.anchor, shape.weight);
    }
  }
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}

/** Gives what is to be written for a kind of picture. */
export function contentOf(kind: PictureKind, scene: Scene, title: string, look: Look = lookOf()): string {
  return kind === 'svg' ? svgOf(scene, title, look) : pngOf(scene, title, look);
}
