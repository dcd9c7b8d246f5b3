import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import { assigned, type SqlConf } from './sqlconf.js';

/** The account OpenEMR uses in the database, where the file spells it out. */
export const databaseAccount = query<SqlConf, Setting<string>>('openemr', 'database account', ({ tree }) => {
  const login = assigned(tree, 'login');
  return login?.text === undefined ? [] : [known(login.text, login.span)];
});
