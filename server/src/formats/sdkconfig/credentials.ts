import { connectionUrl } from '#concepts/connection-url.js';
import type { LoginFields } from '#concepts/login.js';
import { isStandIn, type SecretFields, type SecretUse } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Kconfig, Option } from '#notations/kconfig.js';

type SecretFact = Fact & SecretUse & Fields<SecretFields>;

/** The passwords that the examples of ESP-IDF fill in. */
const shipped: ReadonlySet<string> = new Set(['mypassword', 'myap_password', 'abcd1234', 'espressif']);

/** Text options whose names say that they hold a credential. */
export function secrets(file: Kconfig): readonly SecretFact[] {
  const facts: SecretFact[] = [];
  for (const stated of file.options.values()) {
    if (!stated.quoted) continue;
    const what = kindOf(stated);
    if (what === undefined) continue;
    facts.push({
      label: `The option ${stated.name}`,
      span: stated.span,
      what,
      kept: known<SecretFields['kept']>(shipped.has(stated.value) ? 'default' : 'clear', stated.span),
    });
  }
  return facts;
}

const owners: Readonly<Record<string, string>> = table({ WIFI: 'the Wi-Fi password', SOFTAP: 'the Wi-Fi password', MQTT: 'the MQTT password', PROV: 'the set-up password' });

function kindOf({ name, value }: Option): string | undefined {
  if (connectionUrl(value)?.credential) return 'a user name and password';
  if (!/_(?:PASSWORD\d?|PASSWD|PASSPHRASE|PASS|PSK|TOKEN|API_KEY|SECRET|POP)$/.test(name) || isStandIn(value)) return undefined;
  const owner = /WIFI|SOFTAP|MQTT|PROV/.exec(name)?.[0];
  return (owner && owners[owner]) || 'a credential';
}

/** ESP-IDF, wifi_prov_mgr: development mode uses the user name and password that its documentation prints. */
export function logins(file: Kconfig): readonly (Fact & Fields<LoginFields>)[] {
  return [...file.options.values()].flatMap(({ name, value, span }) =>
    name.endsWith('PROV_SEC2_DEV_MODE') ? [{ label: 'The set-up of the Wi-Fi connection', span, defaultCredential: known(value === 'y', span) }] : []);
}
