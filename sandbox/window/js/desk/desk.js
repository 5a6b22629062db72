/**
 * The right side: the control desk over the inspector.
 */

import { h } from '../parts/dom.js';
import { clockGroup } from './clock.js';
import { deviceGroup, lookGroup } from './device.js';
import { hapticsGroup } from './haptics.js';
import { createInspector } from './inspector.js';
import { paymentGroup } from './payment.js';
import { personGroup } from './person.js';

/** @param {Parameters<typeof personGroup>[0]} parts */
export function createDesk(parts) {
  return h('div.desk-inner', {},
    h('div.desk-groups', { tabindex: '0', role: 'region', 'aria-label': 'Controls' },
      paymentGroup(parts.store), personGroup(parts), lookGroup(parts.store), deviceGroup(parts.store), clockGroup(parts), hapticsGroup()),
    createInspector());
}
