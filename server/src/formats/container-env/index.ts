import { Channel } from '#concepts/channel.js';
import { Secret, isStandIn, type SecretFields } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known, type Slot } from '#engine/setting.js';
import { parseDirectives, slot, type Dialect, type Directives } from '#notations/directives.js';
import { imageCredential, variableChannel } from '#notations/image-settings.js';

const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'equals', separator: '=', quotes: `"'` };

/** Variables that only the images read here have: many programs have a file of variables. */
const isOurs = /^[ \t]*(?:LDAP_CONFIGPASS|LDAP_ROOTPASS|ARCHIVE_DEVICE_NAME|WILDFLY_(?:CHOWN|WAIT_FOR|ADMIN_PASSWORD)|RS_CLIENT_SECRET|OE_PASS)[ \t]*=/m;

/** The variables of a file, each as it counts: the last of a name wins. */
function variables(file: Directives): readonly { readonly name: string; readonly place: Slot }[] {
  const names = new Set(file.directives.map(({ name }) => name));
  return [...names].map((name) => ({ name, place: slot(file, file, name, { wins: 'last' }) }));
}

export default format<Directives>({
  title: 'Environment file of containers',
  files: [{ named: ['**/*.env', '**/.env', '**/.env.*', '**/*.env.*'], saying: isOurs }],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    // A secret of one's own may stand here: the file is what a Compose file refers to. One that everybody knows is none.
    lowering(Secret, (file) => variables(file).flatMap(({ name, place }) => {
      const credential = imageCredential(name);
      if (!credential || !place.raw) return [];
      const kept = !isStandIn(place.raw) && credential.values.includes(place.raw) ? 'default' : 'referenced';
      return [{ label: 'This file', span: place.span, what: credential.what, kept: known<SecretFields['kept']>(kept, place.span) }];
    })),
    lowering(Channel, (file) => variables(file).flatMap(({ name, place }) => {
      const channel = variableChannel(name, place);
      return channel ? [{ label: `The container, by ${name},`, span: place.span, ...channel }] : [];
    })),
  ],
});
