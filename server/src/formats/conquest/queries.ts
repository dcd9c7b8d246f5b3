import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import { slot, type Ini } from '#notations/ini.js';

const mayChange = { read: (raw: string) => (raw === '0' ? true : raw === '1' ? false : undefined), print: (may: boolean) => (may ? '0' : '1') };

/** Whether the web pages of the server, which ask for no log-in of their own, may change the archive; judged where it is stated. */
export const webChanges = query<Ini, Setting<boolean>>('conquest', 'web changes', ({ tree }) => {
  const found = stated(slot(tree, 'sscscp', 'WebReadonly', { wins: 'last' }), mayChange);
  return found ? [found] : [];
});
