import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { Privilege } from '#concepts/privilege.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Resource } from '../resource.js';
import { daysOrEver, either, entry, flag, items, present, reading, says, unset, word, unsure, type Field, type Says, type Table } from '../says.js';
import { NetworkLimits, PersonalLogin, PrivateAddress, WebFirewall } from '../traits.js';
import { openings } from './security-rules.js';
import { enforced, keyed, limited, listens, localAccounts, origins, tls } from './data.js';

/** Plain HTTP is refused, or sent on to HTTPS, only where the app says so. */
const httpsOnly = enforced('https_only', false);
const webTls = either(tls('site_config.minimum_tls_version', undefined, true), tls('site_config.min_tls_version', undefined, true));
const webApp: readonly Says[] = [
  listens('http', webTls, httpsOnly),
  says(Channel, { role: 'listens' as const, protocol: 'ftp' }, { protection: word('site_config.ftps_state', [['Disabled', 'encrypted'], ['FtpsOnly', 'encrypted'], ['AllAllowed', 'opportunistic']] as const, undefined) }),
  limited(),
  says(Software, {}, { debug: flag('site_config.remote_debugging_enabled', undefined) }),
  origins('site_config.cors'),
];
const passwords = says(Login, {}, { method: reading(flag('disable_password_authentication', true), (keys) => (keys ? 'strong' as const : 'password' as const)) });

const clusterSources: Field<'any' | 'restricted'> = (resource) => {
  if (resource.text('private_cluster_enabled') === 'true' || ['api_server_access_profile.authorized_ip_ranges', 'api_server_authorized_ip_ranges'].some((path) => resource.has(path))) return known<'any' | 'restricted'>('restricted', resource.span);
  return ['private_cluster_enabled', 'api_server_access_profile'].some((path) => resource.value(path)?.is === 'unknown' || resource.isDynamic(path)) ? undetermined(resource.span, 'the address ranges are made from an expression') : known<'any' | 'restricted'>('any', resource.span);
};

/** Old protocols that a gateway is told to speak, on the side of its clients or of the services behind it; names up to version 3 of the provider begin with `enable`. */
const spoken = (side: 'frontend' | 'backend'): Field<ChannelFields['leastVersion']> => (resource) => {
  for (const [name, version] of [['ssl30', 'SSLv3'], ['tls10', '1.0'], ['tls11', '1.1']] as const) {
    const on = [`security.${side}_${name}_enabled`, `security.enable_${side}_${name}`].find((path) => resource.text(path) === 'true');
    if (on !== undefined) return known<ChannelFields['leastVersion']>(version, resource.place(on).span, () => resource.slot(on).write('false'));
  }
  return ['ssl30', 'tls10', 'tls11'].flatMap((name) => [`security.${side}_${name}_enabled`, `security.enable_${side}_${name}`])
    .map((path) => unsure(resource, path)).find(Boolean);
};
const oldCipher: Field<readonly string[]> = (resource) => {
  const switches = ['security.triple_des_ciphers_enabled', 'security.enable_triple_des_ciphers'];
  const on = switches.find((path) => resource.text(path) === 'true');
  return on === undefined ? switches.map((path) => unsure(resource, path)).find(Boolean) : known<readonly string[]>(['3DES'], resource.place(on).span, () => resource.slot(on).write('false'));
};

export const services: Table = {
  azurerm_network_security_rule: entry('network security rule', openings()),
  azurerm_network_security_group: entry('network security group', openings('security_rule')),
  azurerm_network_interface: entry('network interface', says(PrivateAddress, {}, { holds: (resource) => {
    const found = resource.nested('ip_configuration').find((one) => one.value('public_ip_address_id') !== undefined);
    return found ? known(false, found.place('public_ip_address_id').span) : known(true, resource.span);
  } })),
  azurerm_network_watcher_flow_log: entry('flow log', says(AuditTrail, {}, { enabled: flag('enabled', undefined), retention: (resource) => (resource.text('retention_policy.enabled') === 'false' ? undefined : daysOrEver('retention_policy.days', undefined)(resource)) })),
  azurerm_monitor_log_profile: entry('activity log profile', says(AuditTrail, {}, { retention: (resource) => (resource.text('retention_policy.enabled') === 'false' ? undefined : daysOrEver('retention_policy.days', undefined)(resource)) })),
  azurerm_log_analytics_workspace: entry('log workspace', says(AuditTrail, {}, { retention: daysOrEver('retention_in_days', undefined) })),
  azurerm_app_service: entry('web app', ...webApp),
  azurerm_linux_web_app: entry('web app', ...webApp),
  azurerm_windows_web_app: entry('web app', ...webApp),
  azurerm_linux_web_app_slot: entry('web app slot', ...webApp),
  azurerm_windows_web_app_slot: entry('web app slot', ...webApp),
  azurerm_app_service_slot: entry('web app slot', ...webApp),
  azurerm_function_app: entry('function app', ...webApp),
  azurerm_linux_function_app: entry('function app', ...webApp),
  azurerm_windows_function_app: entry('function app', ...webApp),
  azurerm_function_app_slot: entry('function app slot', ...webApp),
  azurerm_linux_function_app_slot: entry('function app slot', ...webApp),
  azurerm_windows_function_app_slot: entry('function app slot', ...webApp),
  azurerm_linux_virtual_machine: entry('virtual machine', passwords, says(Store, { kind: 'disk' }, { encrypted: flag('encryption_at_host_enabled', undefined) })),
  azurerm_windows_virtual_machine: entry('virtual machine', says(Store, { kind: 'disk' }, { encrypted: flag('encryption_at_host_enabled', undefined) })),
  azurerm_linux_virtual_machine_scale_set: entry('scale set', passwords, says(Store, { kind: 'disk' }, { encrypted: flag('encryption_at_host_enabled', undefined) })),
  azurerm_windows_virtual_machine_scale_set: entry('scale set', says(Store, { kind: 'disk' }, { encrypted: flag('encryption_at_host_enabled', undefined) })),
  azurerm_kubernetes_cluster: entry('AKS cluster', says(Login, {}, { sources: clusterSources }), says(PersonalLogin, {}, { holds: flag('local_account_disabled', false) }),
    says(AuditTrail, {}, { enabled: (resource) => (resource.has('oms_agent') || resource.has('addon_profile.oms_agent') ? known(resource.text('addon_profile.oms_agent.enabled') !== 'false', resource.span) : undefined) }),
    keyed('disk', 'disk_encryption_set_id')),
  azurerm_container_registry: entry('container registry', says(Login, {}, { anonymous: flag('anonymous_pull_enabled', false) }, { when: (one) => one.text('sku')?.toLowerCase() !== 'basic' }), says(PersonalLogin, {}, { holds: unset('admin_enabled', true) }), limited(),
    says(Malware, {}, { scanner: flag('quarantine_policy_enabled', undefined) })),
  azurerm_container_registry_webhook: entry('registry webhook', says(Channel, { role: 'connects' as const, protocol: 'http' }, { protection: (resource) => {
    const uri = resource.text('service_uri');
    return uri === undefined ? undefined : known(/^http:/i.test(uri) ? 'none' as const : 'encrypted' as const, resource.place('service_uri').span);
  } })),
  azurerm_application_gateway: entry('application gateway',
    says(Channel, { role: 'listens' as const, protocol: 'http' }, { protection: word('protocol', [['Https', 'encrypted'], ['Http', 'none']] as const, undefined), serves: redirecting }, { each: 'http_listener', called: 'listener of the application gateway' }),
    says(WebFirewall, {}, { holds: (resource) => (resource.has('waf_configuration') ? flag('waf_configuration.enabled', undefined)(resource) : known(resource.has('firewall_policy_id'), resource.span)) })),
  azurerm_frontdoor: entry('front door', says(WebFirewall, {}, { holds: present('web_application_firewall_policy_link_id') }, { each: 'frontend_endpoint' })),
  azurerm_cdn_endpoint: entry('CDN endpoint', says(Channel, { role: 'listens' as const, protocol: 'http' }, { protection: reading(flag('is_http_allowed', true), (on) => (on ? 'opportunistic' as const : 'encrypted' as const), (wanted) => wanted !== 'encrypted') })),
  azurerm_role_definition: entry('role', says(Privilege, {}, { everything: items('actions', (actions) => actions.includes('*'), undefined), dangerous: items('actions', (actions) => (actions.includes('*') ? [] : actions.filter((action) => /^Microsoft\.Authorization\/(?:\*|roleDefinitions\/write|roleAssignments\/write)$/i.test(action))), undefined) }, { each: 'permissions' })),
  azurerm_role_assignment: entry('role assignment', says(Privilege, {}, { everything: word<boolean>('role_definition_name', [['Owner', true]], undefined, false) })),
  azurerm_security_center_subscription_pricing: entry('Defender plan', says(Malware, {}, { scanner: word('tier', [['Standard', true], ['Free', false]], undefined) })),
  azurerm_cognitive_account: entry('AI account', keyed('model', 'customer_managed_key.key_vault_key_id'), localAccounts('local_auth_enabled', false), limited('public_network_access_enabled', 'network_acls.default_action')),
  azurerm_search_service: entry('search service', limited()),
  azurerm_machine_learning_workspace: entry('machine learning workspace', limited()),
  azurerm_machine_learning_compute_cluster: entry('machine learning cluster', localAccounts('local_auth_enabled', false)),
  azurerm_batch_account: entry('batch account', limited('public_network_access_enabled', 'network_profile.account_access.default_action')),
  azurerm_web_pubsub: entry('Web PubSub', limited(), localAccounts('local_auth_enabled', false)),
  azurerm_signalr_service: entry('SignalR service', limited(), localAccounts('local_auth_enabled', false)),
  azurerm_api_management: entry('API gateway', says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: spoken('frontend'), weakCiphers: oldCipher }),
    says(Channel, { role: 'connects' as const, protocol: 'https' }, { leastVersion: spoken('backend') })),
  azurerm_iothub: entry('IoT hub', localAccounts('local_authentication_enabled', false), says(NetworkLimits, {}, { holds: unset('public_network_access_enabled', undefined) })),
  azurerm_container_group: entry('container group', says(PrivateAddress, {}, { holds: word('ip_address_type', [['Private', true], ['None', true], ['Public', false]], false) })),
  azurerm_firewall_policy: entry('firewall policy', says(Malware, {}, { scanner: word('intrusion_detection.mode', [['Deny', true], ['Alert', true], ['Off', false]], undefined) })),
  azurerm_app_configuration: entry('app configuration', keyed('configuration', 'encryption.key_vault_key_identifier'), says(NetworkLimits, {}, { holds: word('public_network_access', [['Disabled', true], ['Enabled', false]], undefined) })),
  azurerm_spring_cloud_api_portal: entry('API portal', listens('http', () => undefined, enforced('https_only_enabled', false)), limited('public_network_access_enabled')),
};

/** A listener whose rule only sends clients on; rules name listeners. */
function redirecting(listener: Resource): Setting<'data' | 'redirect'> {
  const gateway = listener.top;
  const name = listener.text('name');
  const rules = gateway.body.blocks.filter((one) => one.type === 'request_routing_rule');
  const redirects = rules.some((one) => {
    const get = (attribute: string) => one.body.attributes.find((found) => found.name === attribute)?.value;
    const to = get('http_listener_name');
    return get('redirect_configuration_name') !== undefined && (to?.kind === 'literal' ? to.value === name : name === undefined);
  });
  return known<'data' | 'redirect'>(redirects ? 'redirect' : 'data', listener.span);
}
