// German. One file per part of the app stands in `de/`; which word stands for which is said in `docs/german.md`.

import { app } from './de/app';
import { capture } from './de/capture';
import { desk } from './de/desk';
import { devices } from './de/devices';
import { errors } from './de/errors';
import { growth } from './de/growth';
import { guides } from './de/guides';
import { journal } from './de/journal';
import { loops } from './de/loops';
import { opening } from './de/opening';
import { pairings } from './de/pairings';
import { people } from './de/people';
import { search } from './de/search';
import { settings } from './de/settings';
import { spaces } from './de/spaces';
import { sync } from './de/sync';
import { takeOut } from './de/takeOut';
import { today } from './de/today';
import { voice } from './de/voice';
import type { Words } from './words';

export const de: Words = { app, capture, desk, devices, errors, growth, guides, journal, loops, opening, pairings, people, search, settings, spaces, sync, takeOut, today, voice };
