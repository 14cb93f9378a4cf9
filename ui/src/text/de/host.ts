// Was der Rechner hinter den Fenstern sagt, auf Deutsch. Wie es gefunden wird, steht in `../host.ts`.

import { errors } from './host/errors';
import { guides } from './host/guides';
import { imports } from './host/imports';
import { pairings } from './host/pairings';
import { reports } from './host/reports';
import { sharing } from './host/sharing';

export const host: Record<string, string> = { ...errors, ...guides, ...imports, ...pairings, ...reports, ...sharing };
