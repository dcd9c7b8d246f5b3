import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { logins, secrets, sessions, tunnels } from './meanings.js';
import { inclusionsOf, parseOptions, type Options } from './options.js';

export default format<Options>({
  title: 'PPP (options of pppd)',
  files: [
    '**/ppp/options', '**/ppp/options.*', '**/ppp/options-*', '**/ppp/pptpd-options', '**/options.{xl2tpd,l2tpd,pptpd,pptp,l2tp}',
    '**/options.{xl2tpd,l2tpd}.*', '**/ppp/peers/*', '**/*ppp-options*.{xl2tpd,conf}',
  ],
  parse: parseOptions,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [
    lowering(Login, (file, { path }) => logins(file, path)),
    lowering(Tunnel, (file, { path }) => tunnels(file, path)),
    lowering(Secret, (file) => secrets(file)),
    lowering(Session, (file, { path }) => sessions(file, path)),
  ],
});
