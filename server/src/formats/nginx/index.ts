import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { last, type Blocks } from '#notations/blocks.js';
import { channelsOf } from './channels.js';
import { isDump, parseNginx } from './dump.js';
import { inclusionsOf } from './includes.js';
import { auditTrails, logins, reflectedOrigins, secrets } from './records.js';

/** A block or a directive of nginx: what tells its files from others of the same name. */
const speaks = (head: string) =>
  /^[ \t]*(?:server|http|events|stream|upstream[ \t]{1,200}[\w.-]{1,200}|location[ \t][^\n{]+)[ \t]{0,200}\r?\n?[ \t]{0,200}\{/m.test(head)
  && /^[^#\n]{0,300}?\b(?:listen|server_name|location|proxy_pass|worker_connections|root|return|include|ssl_certificate|access_log|server)[ \t][^\n;{]{0,2000}[;{]/m.test(head);

/** A snippet: directives alone. */
const speaksSnippet = (head: string) => speaks(head)
  || /^[ \t]*(?:ssl_\w+|add_header|proxy_\w+|access_log|error_log|server_tokens|log_format|auth_basic|autoindex|fastcgi_\w+|gzip|return|allow|deny)[ \t][^\n]*;/m.test(head);

export default format<Blocks>({
  title: 'nginx',
  languages: ['nginx'],
  files: [
    '**/nginx.conf',
    { named: ['**/nginx*.conf', '**/nginx*/**/*.conf', '**/nginx/**', '**/*.nginx', '**/*.nginxconf', '**/snippets/*.conf'], saying: speaksSnippet },
    { named: ['**/*.{conf,txt,dump,out}', '**/*nginx*'], saying: isDump },
    { named: ['**/*.conf', '**/*.conf.template', '**/*.vhost', '**/sites-available/*', '**/sites-enabled/*'], saying: speaks },
  ],
  parse: parseNginx,
  comments: (file) => file.comments,
  comment: (said) => `# ${said}`,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, channelsOf),
    lowering(AuditTrail, (_file, analysis) => auditTrails(analysis)),
    lowering(Login, (_file, analysis) => [...logins(analysis), ...reflectedOrigins(analysis)]),
    lowering(Secret, (_file, analysis) => secrets(analysis)),
    lowering(Privilege, (file) => {
      const user = last(file, 'user');
      const name = user?.args[0]?.value;
      return user && name !== undefined && !name.includes('$') ? [{ label: 'The web server', span: user.span, root: known(name === 'root', user.span) }] : [];
    }),
  ],
});
