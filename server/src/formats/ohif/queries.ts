import { query } from '#engine/query.js';
import { known, stated, undetermined, type Setting } from '#engine/setting.js';
import { yesNo } from '#engine/codec.js';
import { firstLine, literalAt, memberAt, put, slot, type Exported, type Literal } from '#notations/object-literal.js';
import { reachOf, type Reach } from './link-pattern.js';
import { signIn } from './sign-in.js';

const switched = ['dangerouslyUseDynamicConfig', 'enabled'];
const patterned = ['dangerouslyUseDynamicConfig', 'regex'];

/** Where a link may take the viewer's configuration from; no subject where the switch is not written, since it is off then. */
export const LinkedConfiguration = query<Exported, Setting<Reach | 'off'>>('ohif', 'configuration by link', ({ tree }) => {
  const enabled = stated(slot(tree, switched, 'literal'), yesNo(['true'], ['false']));
  const member = memberAt(tree, switched);
  if (!enabled || !member) return [];
  const span = firstLine(tree, member);
  if (enabled.kind === 'undetermined') return [enabled];
  if (!enabled.value) return [known<Reach | 'off'>('off', span)];
  const origins = literalAt(tree, ['dangerouslyUseDynamicConfig', 'origins']);
  const pattern = memberAt(tree, patterned);
  const place = pattern ? firstLine(tree, pattern) : span;
  const write = (wanted: Reach | 'off') => (wanted === 'off' ? put(tree, switched, 'false') : []);
  if (origins?.kind === 'array' && origins.items.length > 0) return [known<Reach | 'off'>('named', span)];
  if (!pattern) return [undetermined(span, 'without a pattern early releases follow any link and late ones none: list the servers in origins')];
  const source = sourceOf(pattern.value);
  const reach = source === undefined ? 'unknown' : reachOf(source);
  if (reach === 'unknown') return [undetermined(place, 'nobody can read off this pattern which addresses it lets through: begin it with ^ and one server')];
  return [known<Reach | 'off'>(reach, place, write)];
});

/** The text of a pattern, written as one or as a string. */
function sourceOf(value: Literal): string | undefined {
  if (value.kind === 'string') return value.raw;
  return value.kind === 'expression' ? /^\/(.*)\/[a-z]*$/s.exec(value.raw)?.[1] : undefined;
}

/** What the OpenID provider is asked for when someone signs in, where the file says so. */
export const ResponseType = query<Exported, Setting<string>>('ohif', 'response type', ({ tree }) => {
  const provider = signIn(tree);
  const member = provider && memberAt(provider, ['response_type']);
  if (!member) return [];
  const asked = stated(slot(provider, ['response_type'], 'string'), { read: (raw) => raw, print: (raw) => raw });
  if (!asked || asked.kind === 'undetermined') return asked ? [asked] : [];
  return [{ ...asked, write: (wanted) => [...asked.write(wanted), ...put(provider, ['useAuthorizationCodeFlow'], 'true')] }];
});
