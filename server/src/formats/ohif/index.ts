import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseExported, type Exported } from '#notations/object-literal.js';
import { channels } from './channels.js';
import { secrets } from './secrets.js';
import { logins } from './sign-in.js';

/** Many web pages have a `window.config`; the viewer's names its extensions or the roots of DICOMweb. */
const isViewer = (head: string) =>
  /\bwindow\.config\s*=/.test(head) && /['"`]@ohif\/|\b(?:qidoRoot|wadoRoot|wadoUriRoot)["']?[ \t]*:/.test(head);

export default format<Exported>({
  title: 'OHIF viewer',
  files: [{ named: ['**/app-config*.js', '**/*config*.js', '**/config/**/*.js', '**/*ohif*.js', '**/*ohif*/*.js'], saying: isViewer }],
  parse: (text) => parseExported(text, { targets: ['window.config'], called: true }),
  comments: (file) => file.comments,
  comment: (text) => `// ${text}`,
  facts: [lowering(Channel, channels), lowering(Secret, secrets), lowering(Login, logins)],
});
