import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel, type ChannelFields } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Store } from '#concepts/store.js';
import { known, undetermined } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { grants } from '../policies.js';
import { Resource } from '../resource.js';
import { always, amount, entry, flag, items, present, reading, says, sourceOf, unsure, where, word, type Field, type Says, type Table } from '../says.js';
import { InternalTraffic, SameOrigin, WebFirewall } from '../traits.js';

type Protection = ChannelFields['protection'];
type Version = ChannelFields['leastVersion'];

/** What the predefined policies of the load balancers accept at least; names without a number are of 2016 and accept TLS 1.0. */
export function policyVersion(name: string): Version | undefined {
  if (/TLS13-1-3/.test(name)) return '1.3';
  if (/TLS13-1-2|TLS-1-2|FS-1-2/.test(name)) return '1.2';
  if (/TLS13-1-1|TLS-1-1|FS-1-1/.test(name)) return '1.1';
  if (/^ELBSecurityPolicy-(?:2014|2015|2016|FS-2018|TLS-1-0|TLS13-1-0)/.test(name)) return '1.0';
  return undefined;
}

const least = (path: string, standard: Version | undefined, better: string): Field<Version> => (resource) => {
  const slot = resource.slot(path);
  if (slot.obscured !== undefined) return undetermined(slot.span, slot.obscured);
  const write = (): ReturnType<typeof slot.write> => slot.write(better);
  if (slot.raw === undefined) return standard && { kind: 'default', value: standard, span: slot.span, source: sourceOf(resource), write };
  const version = policyVersion(slot.raw);
  return version ? { kind: 'stated', value: version, span: slot.span, write } : undetermined(slot.span, 'the policy is not one of the predefined ones');
};

const secure = (one: Resource): boolean => /^(?:HTTPS|TLS)$/i.test(one.text('protocol') ?? '');

/** TCP and UDP are passed on as they come: whether they are encrypted is decided behind the balancer. */
const listener = says(Channel, (one) => ({ role: 'listens' as const, protocol: 'http', port: Number(one.text('port')) || undefined }), {
  protection: (resource) => {
    const { span } = resource.place('protocol');
    const protocol = resource.value('protocol');
    if (protocol?.is === 'unknown') return undetermined(span, protocol.because);
    const name = resource.text('protocol')?.toUpperCase();
    if (name === undefined || !/^(?:HTTP|HTTPS|TLS)$/.test(name)) return undefined;
    return known<Protection>(name === 'HTTP' ? 'none' : 'encrypted', span);
  },
  serves: (resource) => {
    const actions = resource.nested('default_action');
    const redirect = actions.find((action) => action.text('type') === 'redirect');
    const to = redirect?.value('redirect.protocol');
    if (to?.is === 'unknown') return undetermined(redirect!.span, to.because);
    const safe = redirect !== undefined && (redirect.text('redirect.protocol') === 'HTTPS' || secure(resource));
    const fixed = actions.length > 0 && actions.every((action) => action.text('type') === 'fixed-response');
    return known<'data' | 'redirect'>(safe || fixed ? 'redirect' : 'data', (redirect ?? resource).span);
  },
  leastVersion: where(secure, least('ssl_policy', '1.0', 'ELBSecurityPolicy-TLS13-1-2-2021-06')),
}, { called: 'load balancer listener' });

const targets = says(InternalTraffic, {}, { holds: word<boolean>('protocol', [['HTTPS', true], ['TLS', true], ['HTTP', false]], undefined, true) }, { when: (one) => one.text('target_type') !== 'lambda' });

const classic = says(Channel, { role: 'listens' as const, protocol: 'http' }, {
  protection: (one) => {
    const { span } = one.place('lb_protocol');
    const protocol = one.value('lb_protocol');
    if (protocol?.is === 'unknown') return undetermined(span, protocol.because);
    const name = one.text('lb_protocol')?.toLowerCase();
    return name === undefined ? undefined : known<Protection>(name === 'https' || name === 'ssl' ? 'encrypted' : 'none', span);
  },
}, { each: 'listener', called: 'listener of the classic load balancer' });

/** Protocols and ciphers a policy of a classic balancer switches on by name. */
const classicVersions: Field<Version> = (resource) => {
  const on = resource.nested('policy_attribute').filter((one) => one.text('value') === 'true');
  const named = resource.nested('policy_attribute').find((one) => one.text('name') === 'Reference-Security-Policy');
  if (named) return least('value', undefined, 'ELBSecurityPolicy-TLS-1-2-2017-01')(named);
  const old = [['Protocol-SSLv2', 'SSLv2'], ['Protocol-SSLv3', 'SSLv3'], ['Protocol-TLSv1', '1.0'], ['Protocol-TLSv1.1', '1.1']] as const;
  for (const [name, version] of old) {
    const found = on.find((one) => one.text('name') === name);
    if (found) return known<Version>(version, found.span, () => found.slot('value').write('false'));
  }
  const open = resource.nested('policy_attribute').filter((one) => old.some(([name]) => one.text('name') === name)).map((one) => unsure(one, 'value')).find(Boolean);
  if (open) return open;
  return on.some((one) => one.text('name') === 'Protocol-TLSv1.2') ? known<Version>('1.2', resource.span) : undefined;
};
const weakNames = /^(?:EXP-|DES-|ADH-|NULL-)|RC4|MD5|RC2|3DES|DES-CBC|IDEA|SEED/;
const classicCiphers: Field<readonly string[]> = (resource) => {
  const weak = resource.nested('policy_attribute').filter((one) => one.text('value') === 'true' && weakNames.test(one.text('name') ?? ''));
  const open = resource.nested('policy_attribute').filter((one) => weakNames.test(one.text('name') ?? '')).map((one) => unsure(one, 'value')).find(Boolean);
  if (weak.length === 0 && open) return open;
  const span = weak[0]?.span ?? resource.span;
  return known<readonly string[]>(weak.map((one) => one.text('name')!), span, (kept) => weak.filter((one) => !kept.includes(one.text('name')!)).flatMap((one) => one.slot('value').write('false')));
};

/** Only a balancer that answers the Internet, and speaks HTTP, can have a web application firewall. */
const isPublicWeb = (resource: Resource): boolean => resource.text('internal') === 'false' && (resource.text('load_balancer_type') ?? 'application') === 'application';

const associated: Field<boolean> = (resource) => {
  const all = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association'].map((type) => resource.companions(type, 'resource_arn'));
  if (all.some(({ sure }) => sure.length > 0)) return known(true, resource.span);
  if (!resource.module.complete) return undetermined(resource.span, 'the other files of the folder, which may attach a firewall, have not been read');
  const perhaps = all.flatMap((found) => found.perhaps)[0];
  return perhaps ? undetermined(resource.span, `${perhaps.type}.${perhaps.name} may be for it`) : known(false, resource.span);
};

/** Logs go to a bucket that has to be named, so that only a block that is there can be switched on. */
const logs = (path: string, bucket: string, standard: (resource: Resource) => boolean): Field<boolean> => (resource) => {
  const value = flag(path, standard(resource))(resource);
  return value?.kind === 'default' && resource.value(bucket) === undefined ? { ...value, write: () => [] } : value;
};

const balancer = [
  says(AuditTrail, {}, { enabled: logs('access_logs.enabled', 'access_logs.bucket', () => false) }, { when: (one) => (one.text('load_balancer_type') ?? 'application') !== 'gateway' }),
  says(WebFirewall, {}, { holds: where(isPublicWeb, associated) }),
];

const viewer = (each: string): Says => says(Channel, { role: 'listens' as const, protocol: 'http' }, {
  protection: word<Protection>('viewer_protocol_policy', [['redirect-to-https', 'encrypted'], ['https-only', 'encrypted'], ['allow-all', 'opportunistic']], undefined),
}, { each, called: 'CloudFront distribution' });

/** CloudFront's own certificate brings TLS 1.0 along, whatever else is stated. */
const viewerVersion: Field<Version> = (resource) => {
  const certificate = resource.nested('viewer_certificate')[0];
  if (!certificate) return undefined;
  const own = certificate.text('cloudfront_default_certificate') === 'true';
  const slot = certificate.slot('minimum_protocol_version');
  if (own) return known<Version>('1.0', certificate.span);
  if (slot.obscured !== undefined) return undetermined(slot.span, slot.obscured);
  const read: Readonly<Record<string, Version>> = table({ SSLv3: 'SSLv3', TLSv1: '1.0', TLSv1_2016: '1.0', 'TLSv1.1_2016': '1.1' });
  const write = (): ReturnType<typeof slot.write> => slot.write('TLSv1.2_2021');
  if (slot.raw === undefined) return { kind: 'default', value: '1.0', span: slot.span, source: sourceOf(resource), write };
  return { kind: 'stated', value: read[slot.raw] ?? (/^TLSv1\.3/.test(slot.raw) ? '1.3' : '1.2'), span: slot.span, write };
};

/** What speaks as its viewers do speaks in clear where one of them may; a behaviour names its origin. */
const originProtocol: Field<boolean> = (origin) => {
  const said = word<boolean>('custom_origin_config.origin_protocol_policy', [['https-only', true], ['match-viewer', false], ['http-only', false]], undefined)(origin);
  if (origin.text('custom_origin_config.origin_protocol_policy') !== 'match-viewer') return said;
  const distribution = new Resource(origin.module, origin.top);
  const behaviours = [...distribution.nested('default_cache_behavior'), ...distribution.nested('ordered_cache_behavior')].filter((one) => one.text('target_origin_id') === undefined || one.text('target_origin_id') === origin.text('origin_id'));
  const open = behaviours.map((one) => one.value('viewer_protocol_policy')).find((value) => value?.is === 'unknown');
  if (open?.is === 'unknown' || distribution.isDynamic('ordered_cache_behavior')) return undetermined(said!.span, open?.is === 'unknown' ? open.because : 'the behaviours are made from an expression');
  const encrypted = behaviours.length > 0 && behaviours.every((one) => /^(?:https-only|redirect-to-https)$/.test(one.text('viewer_protocol_policy') ?? ''));
  return encrypted ? known(true, said!.span) : said;
};
const origin = says(InternalTraffic, {}, { holds: originProtocol }, { each: 'origin', called: 'origin of the CloudFront distribution' });

const stage = (settings: string): readonly Says[] => [says(AuditTrail, {}, { enabled: present(settings) })];
const restVersion: Field<Version> = word<Version>('security_policy', [['TLS_1_2', '1.2'], ['TLS_1_0', '1.0'], ['SecurityPolicy_TLS13_1_3_2025_09', '1.3']], { because: 'the default depends on the kind of endpoint' });

/** Preflight requests carry no log-in, and a method may ask for a key instead of a person. */
const openMethod: Field<boolean> = where((one) => one.text('http_method') !== 'OPTIONS' && one.text('api_key_required') !== 'true', word('authorization', [['NONE', true]], undefined, false));

export const web: Table = {
  aws_lb: entry('load balancer', ...balancer),
  aws_alb: entry('load balancer', ...balancer),
  aws_elb: entry('classic load balancer', classic, says(AuditTrail, {}, { enabled: logs('access_logs.enabled', 'access_logs.bucket', (resource) => resource.has('access_logs')) })),
  aws_lb_listener: entry('load balancer listener', listener),
  aws_alb_listener: entry('load balancer listener', listener),
  aws_lb_target_group: entry('load balancer target group', targets),
  aws_alb_target_group: entry('load balancer target group', targets),
  aws_load_balancer_policy: entry('load balancer policy', says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: classicVersions, weakCiphers: classicCiphers })),
  aws_lb_ssl_negotiation_policy: entry('TLS policy', says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: ssl, weakCiphers: sslCiphers })),
  aws_cloudfront_distribution: entry('CloudFront distribution', viewer('default_cache_behavior'), viewer('ordered_cache_behavior'),
    says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: viewerVersion }), origin,
    says(AuditTrail, {}, { enabled: present('logging_config') }), says(WebFirewall, {}, { holds: present('web_acl_id') })),
  aws_cloudfront_response_headers_policy: entry('response headers policy', says(SameOrigin, {}, { holds: items('items', (origins) => !origins.includes('*'), undefined) }, { each: 'cors_config.access_control_allow_origins' }),
    says(Channel, { role: 'listens' as const, protocol: 'https' }, { serves: always('data' as const), reach: always('network' as const), strictTransport: reading(amount('security_headers_config.strict_transport_security.access_control_max_age_sec', undefined), (seconds) => seconds >= 15_552_000, () => 63_072_000) })),
  aws_api_gateway_stage: entry('API stage', ...stage('access_log_settings'), says(WebFirewall, {}, { holds: associated })),
  aws_apigatewayv2_stage: entry('API stage', ...stage('access_log_settings')),
  aws_api_gateway_method_settings: entry('API method settings',
    says(Store, { kind: 'cache' }, { encrypted: where((one) => one.text('settings.caching_enabled') === 'true' || one.value('settings.cache_data_encrypted') !== undefined, flag('settings.cache_data_encrypted', false)) }),
    says(AuditTrail, {}, { enabled: word('settings.logging_level', [['INFO', true], ['ERROR', true], ['OFF', false]], undefined) })),
  aws_api_gateway_method: entry('API method', says(Login, {}, { anonymous: openMethod })),
  aws_apigatewayv2_route: entry('API route', says(Login, {}, { anonymous: where((one) => !/^OPTIONS /.test(one.text('route_key') ?? ''), word('authorization_type', [['NONE', true]], true, false)) })),
  aws_api_gateway_rest_api: entry('API', grants('policy', 'resource')),
  aws_api_gateway_rest_api_policy: entry('API policy', grants('policy', 'resource')),
  aws_api_gateway_domain_name: entry('API domain', says(Channel, { role: 'listens' as const, protocol: 'https' }, { leastVersion: restVersion })),
  aws_apigatewayv2_api: entry('API', says(SameOrigin, {}, { holds: items('cors_configuration.allow_origins', (origins) => !origins.includes('*'), undefined) })),
  aws_appsync_graphql_api: entry('GraphQL API', says(AuditTrail, {}, { enabled: present('log_config') }), says(WebFirewall, {}, { holds: associated }),
    says(Login, {}, { method: word('authentication_type', [['AWS_IAM', 'strong'], ['API_KEY', 'weak']] as const, undefined, 'strong') })),
  aws_globalaccelerator_accelerator: entry('accelerator', says(AuditTrail, {}, { enabled: logs('attributes.flow_logs_enabled', 'attributes.flow_logs_s3_bucket', () => false) })),
};

function ssl(resource: Resource) {
  const on = resource.nested('attribute').filter((one) => one.text('value') === 'true');
  for (const [name, version] of [['Protocol-SSLv3', 'SSLv3'], ['Protocol-TLSv1', '1.0'], ['Protocol-TLSv1.1', '1.1']] as const) {
    const found = on.find((one) => one.text('name') === name);
    if (found) return known<Version>(version, found.span, () => found.slot('value').write('false'));
  }
  return undefined;
}

function sslCiphers(resource: Resource) {
  const weak = resource.nested('attribute').filter((one) => one.text('value') === 'true' && weakNames.test(one.text('name') ?? ''));
  return known<readonly string[]>(weak.map((one) => one.text('name')!), weak[0]?.span ?? resource.span, () => weak.flatMap((one) => one.slot('value').write('false')));
}
