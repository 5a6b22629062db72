/**
 * Every event of a Mini App that the window understands, with the version it came with.
 */

import { biometry } from './biometry.js';
import { device } from './device.js';
import { dress } from './dress.js';
import { life } from './life.js';
import { links } from './links.js';
import { location } from './location.js';
import { sensors } from './motion.js';
import { prompts } from './prompts.js';
import { secure } from './secure.js';
import { share } from './share.js';
import { storage } from './storage.js';

/** @type {Record<string, import('../bridge.js').Rule>} */
export const RULES = { ...life, ...dress, ...links, ...share, ...prompts, ...storage, ...secure, ...device, ...biometry, ...location, ...sensors };
