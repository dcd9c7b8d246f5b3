import { tlsVersions, type ChannelEnds, type ChannelFields, type TlsVersion } from '#concepts/channel.js';
import type { LoginFields } from '#concepts/login.js';
import { isEveryAddress } from '#concepts/network-names.js';
import { guardedAmong, type OpeningFields, type OpeningPorts } from '#concepts/opening.js';
import { isCredential, isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { checkByVariable, loginByVariable } from '#notations/container-variables.js';
import { isVersioned, portsOf } from '#notations/containers.js';
import { change, elements, nodeAt, placeOf, properties, property, type Json } from '#notations/json.js';
import { agentOf, isFilledIn, isSettingOf, modulesOf, variablesOf } from './modules.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** The registries' passwords, and credentials among the variables of a module, outside and inside its options. */
export function secrets(file: Json): readonly SecretFact[] {
  const registries = properties(nodeAt(file, [...agentOf(file), 'properties.desired', 'runtime', 'settings', 'registryCredentials'])).flatMap(
    ({ name, value }): readonly SecretFact[] => {
      const password = property(value, 'password')?.children?.[1];
      if (password?.type !== 'string' || password.value === '') return [];
      return [
        {
          label: 'This deployment',
          span: placeOf(password),
          what: `the password of the registry ${name}`,
          kept: known(isStandIn(String(password.value)) ? 'referenced' : 'clear', placeOf(password)),
        },
      ];
    },
  );
  const isSetting = isSettingOf(file);
  const variables = variablesOf(file).filter((one) => isCredential(one.name, one.value) && !isSetting(one)).map(({ label, name, span }): SecretFact => ({
    label, span, what: `the credential ${name}`, kept: known('clear', span),
  }));
  return [...registries, ...variables];
}

/** The guarded services among the ports a module answers on at the device's own addresses. */
export function openings(file: Json): readonly (Fact & OpeningPorts & Fields<OpeningFields>)[] {
  return modulesOf(file).flatMap(({ label, options }) =>
    properties(options && nodeAt(options.inner, ['HostConfig', 'PortBindings'])).flatMap(({ name, value }) => {
      const [number = '', protocol] = name.split('/');
      const target = portsOf(number);
      if (!target || guardedAmong([target], protocol).length === 0) return [];
      return elements(value).map((binding, i) => {
        const address = String(property(binding, 'HostIp')?.children?.[1]?.value ?? '');
        const span = options!.place(value);
        return {
          label: `A published port of ${label.replace(/^The/, 'the')}`,
          span,
          ports: [target],
          protocol,
          source: known<'anywhere' | 'restricted'>(address === '' || isEveryAddress(address) ? 'anywhere' : 'restricted', span, (wanted) =>
            wanted === 'restricted' ? options!.change(['HostConfig', 'PortBindings', name, i, 'HostIp'], '127.0.0.1') : [],
          ),
        };
      });
    }),
  );
}

const spelled: Readonly<Record<string, TlsVersion>> = table({
  ssl3: 'SSLv3',
  ssl30: 'SSLv3',
  tls: '1.0',
  tls1: '1.0',
  'tls1.0': '1.0',
  tls10: '1.0',
  'tls1.1': '1.1',
  tls11: '1.1',
  'tls1.2': '1.2',
  tls12: '1.2',
  'tls1.3': '1.3',
  tls13: '1.3',
});

/** The variables; `${NAME}` where the build fills one in. */
const filled = (file: Json) => variablesOf(file).map((one) => (isFilledIn(one.value) ? { ...one, value: `\${${one.name}}` } : one));

/** Log-ins that a variable leaves open. */
export function logins(file: Json): readonly (Fact & Fields<LoginFields>)[] {
  return filled(file).flatMap((variable) => loginByVariable(variable, (to) => variable.write(to)));
}

/** The hub of the gateway, and what modules are told about the certificates of whom they call. */
export function channels(file: Json): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return [...hub(file), ...filled(file).flatMap((variable) => checkByVariable(variable, () => variable.write(undefined)))];
}

/** The hub that devices behind the gateway talk to; `SslProtocols` lists the versions it accepts. */
function hub(file: Json): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return modulesOf(file)
    .filter(({ name }) => name === 'edgeHub')
    .flatMap(({ path }) => {
      const at = [...path, 'env', 'SslProtocols', 'value'];
      const node = nodeAt(file, at);
      if (node?.type !== 'string') return [];
      const words = String(node.value)
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean);
      const versions = words.map((word) => spelled[word.toLowerCase()]);
      const least = tlsVersions.find((version) => versions.includes(version));
      const span = placeOf(node);
      return [
        {
          label: 'The hub of the gateway',
          span,
          role: 'listens' as const,
          protocol: 'mqtt',
          port: 8883,
          leastVersion:
            least === undefined || versions.includes(undefined)
              ? undetermined(span, 'the value is not one this product documents')
              : known(least, span, (wanted) => change(file, at, wanted === '1.3' ? 'tls1.3' : 'tls1.2')),
        },
      ];
    });
}

/** The programs of the modules. */
export function software(file: Json): readonly (Fact & Fields<SoftwareFields>)[] {
  return modulesOf(file).flatMap(({ label, node }) => {
    const settings = property(node, 'settings')?.children?.[1];
    const image = settings && property(settings, 'image')?.children?.[1];
    if (image?.type !== 'string' || image.value === '') return [];
    const span = placeOf(image);
    const said = String(image.value);
    return [{ label, span, versioned: isFilledIn(said) ? undetermined(span, 'a variable of the template fills it in') : known(isVersioned(said), span) }];
  });
}
