import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { parseHocon, type Hocon } from '#notations/hocon.js';
import { channels, logins, secrets } from './facts.js';

export default format<Hocon>({
  title: 'NanoMQ broker',
  files: [
    {
      named: ['**/nanomq*.conf', '**/nanomq*.hocon', '**/nanomq*/**/*.conf', '**/nmq*.conf'],
      saying:
        /^[ \t]*(listeners\.(tcp|ssl|ws|wss)\b|listeners[ \t]*\{|mqtt[ \t]*\{|auth[ \t]*\{|http_server\b|bridges\.|allow_anonymous|url[ \t]*=[ \t]*nmq-)/m,
    },
  ],
  parse: (text) => parseHocon(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Channel, channels), lowering(Login, logins), lowering(Secret, secrets)],
});
