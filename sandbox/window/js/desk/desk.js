/**
 * The right side: the control desk over the inspector.
 */

import { pendingFaults } from '../faults.js';
import { copy } from '../parts/clipboard.js';
import { h } from '../parts/dom.js';
import { devicePanel } from './device.js';
import { faultsPanel } from './faults.js';
import { groupsPanel } from './groups.js';
import { createInspector } from './inspector.js';
import { personPanel } from './person.js';
import { scriptPanel } from './script.js';
import { createTabs } from './tabs.js';
import { timePanel } from './time.js';

/**
 * @param {Parameters<typeof personPanel>[0] & Parameters<typeof faultsPanel>[0] & Parameters<typeof devicePanel>[0]} parts
 */
export function createDesk(parts) {
  const { store } = parts;
  const panels = {
    person: personPanel(parts), groups: groupsPanel({ ...parts, copy }), time: timePanel(parts),
    faults: faultsPanel(parts), script: scriptPanel(parts), device: devicePanel(parts),
  };
  for (const panel of Object.values(panels)) panel.classList.add('desk-groups');
  /** @type {ReturnType<typeof createTabs<import('../types.js').Tab>>} */
  const tabs = createTabs({
    label: 'Control desk',
    tabs: [
      { id: 'person', label: 'Person', icon: 'user', panel: panels.person },
      { id: 'groups', label: 'Groups', icon: 'groups', panel: panels.groups },
      { id: 'time', label: 'Time', icon: 'clock', panel: panels.time },
      { id: 'faults', label: 'Faults', icon: 'fault', panel: panels.faults },
      { id: 'script', label: 'Script', icon: 'script', panel: panels.script },
      { id: 'device', label: 'Device', icon: 'phone', panel: panels.device },
    ],
    onchoose: (tab) => store.set({ tab }),
  });
  store.watch(['tab'], ({ tab }) => tabs.set(tab));
  store.watch(['faults', 'outcome'], ({ faults, outcome }) => {
    const all = pendingFaults(faults) + Number(outcome !== 'normal');
    tabs.badge('faults', all, all === 1 ? '1 is set' : `${all} are set`);
  });
  return h('div.desk-inner', {}, tabs.element, Object.values(panels), createInspector());
}
