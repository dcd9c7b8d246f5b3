import { rule } from '#engine/rule.js';
import { Folders } from '../queries.js';

export default rule(Folders, {
  title: 'Automations read only the folders they need',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: (folder) => {
    if (folder.text === undefined) return folder.obscured === undefined ? undefined : { verdict: 'cannot tell', span: folder.head, because: folder.obscured };
    if (!/^\/(config\/?|etc\/?|root\/?|home\/?)?$/.test(folder.text.trim())) return { verdict: 'complies', span: folder.head };
    return {
      verdict: 'violates',
      span: folder.head,
      message: `Automations may read and send everything in ${folder.text}, the credentials of Home Assistant included`,
      found: folder.text,
      wanted: 'a folder made for it',
      fix: {
        title: 'Take the folder away',
        safety: 'review',
        risk: 'Automations that use files of this folder stop until a narrower one is named.',
        edits: () => folder.remove(),
      },
    };
  },
});
