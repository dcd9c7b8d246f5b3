import type { LoginFields } from '#concepts/login.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { elements, nodeAt, properties, spanOf, type Json } from '#notations/json.js';
import { isLeft, isOff, nodeInFolder, option, remoteAccess } from './reading.js';

/** The users of the manual and of the shipped files. Orthanc makes `orthanc:orthanc` itself where none is registered. */
const shippedUsers: ReadonlySet<string> = new Set(['orthanc:orthanc', 'alice:alicePassword', 'demo:demo', 'admin:admin', 'test:test']);

/** Who may sign in to the web server, or come in without. */
export function logins(analysis: Analysis<Json>): readonly (Fact & Fields<LoginFields>)[] {
  if (isOff(option(analysis, 'HttpServerEnabled', true))) return [];
  const remote = remoteAccess(analysis);
  const asked = option(analysis, 'AuthenticationEnabled', true);
  // Said only where somebody switched the log-in off: whoever left it out is asked for one in either case.
  const unsure = remote.kind !== 'stated' && isOff(asked) && !isLeft(analysis, 'AuthenticationEnabled') && nodeInFolder(analysis, ['AuthenticationEnabled']);
  if (remote.kind === 'undetermined' || !remote.value) {
    if (!unsure || remote.kind === 'undetermined') return [];
    const because = 'RemoteAccessAllowed is not stated: Orthanc itself then lets no other machine in, the images orthancteam/orthanc do';
    return [{ label: 'The Orthanc web server', span: asked.span, anonymous: undetermined(asked.span, because) }];
  }
  const users = nodeAt(analysis.tree, ['RegisteredUsers']);
  const shipped = properties(users).find(({ name, value }) => shippedUsers.has(`${name}:${String(value.value)}`));
  const guessed = shipped !== undefined || users?.children?.length === 0;
  const left = isLeft(analysis, 'AuthenticationEnabled');
  if (left && !users) return [];
  return [{
    label: 'The Orthanc web server',
    span: left ? spanOf(users!.parent ?? users!) : asked.span,
    anonymous: left ? undefined : anonymous(analysis, asked, guessed),
    // Where nobody is asked for a password, none that could be guessed is in use.
    defaultCredential: users && !isOff(asked) ? known(guessed, shipped?.span ?? spanOf(users.parent ?? users)) : undefined,
  }];
}

/** Since 1.5.8 authentication is on wherever remote access is, unless a file says otherwise. */
function anonymous(analysis: Analysis<Json>, asked: Setting<boolean>, guessed: boolean): Setting<boolean> {
  if (asked.kind === 'undetermined') return asked;
  const guard = asked.value ? undefined : guardOf(analysis);
  if (guard === 'plug-in') return known(false, asked.span);
  if (guard !== undefined) return undetermined(asked.span, guard);
  return { ...asked, value: !asked.value, write: (wanted: boolean) => (guessed ? [] : asked.write(!wanted)) };
}

/** The addresses by which the Authorization plug-in asks who may come in (its Plugin.cpp); without one it lets everyone pass. */
const services = ['WebServiceRootUrl', 'WebServiceTokenValidationUrl', 'WebServiceUserProfileUrl', 'WebService'];

/** What stands in for the log-in: the Authorization plug-in, or perhaps a script that sees each request. */
function guardOf(analysis: Analysis<Json>): string | undefined {
  const plugin = (name: string) => nodeInFolder(analysis, ['Authorization', name]);
  if (services.some((name) => typeof plugin(name)?.value === 'string' && plugin(name)!.value !== '')) {
    return elements(plugin('UncheckedFolders')).some(({ value }) => value === '/') ? undefined : 'plug-in';
  }
  const scripts = [...elements(nodeInFolder(analysis, ['LuaScripts'])), nodeInFolder(analysis, ['PythonScript'])].flatMap((node) => (typeof node?.value === 'string' ? [node.value] : []));
  const folder = analysis.path.slice(0, analysis.path.lastIndexOf('/') + 1);
  for (const script of scripts) {
    const name = script.slice(script.lastIndexOf('/') + 1);
    const opened = analysis.surroundings.open(folder + name);
    if (opened === 'absent' || opened === 'pending') return `${name} may refuse requests (IncomingHttpRequestFilter): look into it`;
    if (/IncomingHttpRequestFilter/.test(opened.text)) return `${name} decides which requests are let in: look whether it asks for a log-in`;
  }
  return undefined;
}
