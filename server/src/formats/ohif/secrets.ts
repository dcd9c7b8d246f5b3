import { isCredential, isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import { firstLine, memberAt, membersBelow, type Exported, type Member } from '#notations/object-literal.js';
import { dataSourcesOf } from './data-sources.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** A web server hands the file to whoever asks for the viewer, before anyone has signed in. */
const label = 'The file that every browser is given';

/** Log-ins in the examples of the viewer and in the manuals of the archives behind it: local_dcm4chee.js of OHIF, Orthanc Book, "Security". */
const published: ReadonlySet<string> = new Set(['admin:admin', 'orthanc:orthanc', 'alice:alicePassword', 'alice:alice']);

/** Log-ins of data sources, the secret of the OpenID client, and credentials by name or by sight. */
export function secrets(file: Exported): readonly SecretFact[] {
  if (!file.root) return [];
  const ofSources = dataSourcesOf(file).flatMap(({ name, settings }) => {
    const member = memberAt(settings, ['requestOptions', 'auth']);
    return member ? [{ member, what: `the log-in to the ${name}` }] : [];
  });
  const judged = new Set(ofSources.map(({ member }) => member));
  const others = membersBelow(file.root).filter((member) => !judged.has(member) && spells(member));
  return [...ofSources.flatMap(({ member, what }) => logIn(file, member, what)), ...others.map((member) => spelled(file, member))];
}

/** `user:password`, which the viewer sends as it stands; or a function that makes the header. */
function logIn(file: Exported, member: Member, what: string): readonly SecretFact[] {
  const span = firstLine(file, member);
  const { value } = member;
  if (value.kind === 'expression') return [{ label, span, what, kept: undetermined(span, 'a function makes it: look whether it holds the password') }];
  if (value.kind !== 'string' || isPlaceholder(value.raw)) return [];
  return [{ label, span, what, kept: known<SecretFields['kept']>(published.has(value.raw) ? 'default' : 'clear', span) }];
}

/** Also what a start script replaces: `__AUTH__`. */
const isPlaceholder = (raw: string) => isStandIn(raw) || /^__\w+__$/.test(raw);

function spells({ name, value }: Member): boolean {
  if (value.kind !== 'string' || isPlaceholder(value.raw)) return false;
  return isCredential(name, value.raw);
}

function spelled(file: Exported, member: Member): SecretFact {
  const span = firstLine(file, member);
  return { label, span, what: `the credential ${/^[\w-]{1,60}$/.test(member.name) ? member.name : 'of this line'}`, kept: known('clear', span) };
}
