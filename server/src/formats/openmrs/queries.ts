import { query } from '#engine/query.js';
import { stated, type Setting } from '#engine/setting.js';
import { slot, type Properties } from '#notations/properties.js';

const trueFalse = { read: (raw: string) => (/^true$/i.test(raw) ? true : /^false$/i.test(raw) ? false : undefined), print: String };

/** The first of the keys that is stated decides. */
const theSwitch = (name: string, ...keys: readonly [string, ...string[]]) => query<Properties, Setting<boolean>>('openmrs', name, ({ tree }) => {
  const key = keys.find((candidate) => tree.byKey.has(candidate)) ?? keys[0];
  const found = stated(slot(tree, key), trueFalse);
  return found ? [found] : [];
});

/** Whether programs can be uploaded into the server through its web pages. */
export const moduleUpload = theSwitch('module upload', 'module.allow_upload', 'module.allow_web_admin');
/** Whether a new version changes the database when it starts, without asking. */
export const databaseUpdate = theSwitch('database update', 'auto_update_database');
