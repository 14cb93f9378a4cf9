// English. One file per part of the app stands in `en/`.

import { app } from './en/app';
import { capture } from './en/capture';
import { desk } from './en/desk';
import { devices } from './en/devices';
import { errors } from './en/errors';
import { growth } from './en/growth';
import { guides } from './en/guides';
import { journal } from './en/journal';
import { loops } from './en/loops';
import { pairings } from './en/pairings';
import { opening } from './en/opening';
import { people } from './en/people';
import { search } from './en/search';
import { settings } from './en/settings';
import { spaces } from './en/spaces';
import { sync } from './en/sync';
import { takeOut } from './en/takeOut';
import { today } from './en/today';
import { voice } from './en/voice';

export const en = { app, capture, desk, devices, errors, growth, guides, journal, loops, opening, pairings, people, search, settings, spaces, sync, takeOut, today, voice };
