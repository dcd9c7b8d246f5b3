/** Device gateways and policies of Windows share file names with everything else: which files are taken for theirs, and which are left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globMatcher } from '#engine/glob.js';
import { recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { pages, type Example } from './support/pages.js';

const recognise = recogniser(registry.formats);
const formatOf = (path: string, text: string) => recognise(path, () => text);
const devices = ['zigbee2mqtt', 'home-assistant', 'esphome', 'aws-iot-policy', 'iot-edge', 'greengrass', 'emqx', 'nanomq', 'node-red', 'app-control', 'exploit-protection', 'device-control', 'group-policy-preferences'];

const statement = (action: string, more = '') => `{ "Statement": [{ "Effect": "Allow", ${more}"Action": ${action}, "Resource": "*" }] }`;

const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['Zigbee2MQTT', 'data/configuration.yaml', 'mqtt:\n  base_topic: zigbee2mqtt\n  server: mqtt://localhost\n', 'zigbee2mqtt'],
  ['Zigbee2MQTT with its Home Assistant section', 'configuration.yaml', 'homeassistant:\n  enabled: true\nfrontend:\n  port: 8080\nmqtt:\n  server: mqtt://a\nserial:\n  port: /dev/ttyACM0\n', 'zigbee2mqtt'],
  ['a small file of the second edition of Zigbee2MQTT', 'configuration.yaml', 'version: 4\nmqtt:\n  server: mqtt://a\nfrontend:\n  enabled: true\nhomeassistant:\n  enabled: true\n', 'zigbee2mqtt'],
  ['Home Assistant with a section for MQTT', 'configuration.yaml', 'homeassistant:\n  name: Ward\nmqtt:\n  broker: 10.20.1.9\n', 'home-assistant'],
  ['Home Assistant with MQTT', 'configuration.yaml', 'default_config:\nfrontend:\n  themes: !include themes\nmqtt:\n  sensor:\n    - name: a\n', 'home-assistant'],
  ['Home Assistant without a core section', 'configuration.yaml', 'http:\n  server_port: 80\nautomation: !include automations.yaml\n', 'home-assistant'],
  ['Node-RED under a name of its own', 'gateway/config.js', 'module.exports = {\n  uiPort: 1880,\n  flowFile: "flows.json",\n  editorTheme: {},\n}\n', 'node-red'],
  ['settings of Node-RED in its folder', 'node-red/local.js', 'module.exports = {\n  adminAuth: null,\n}\n', 'node-red'],
  ['a program with a port', 'gateway/config.js', 'module.exports = {\n  uiPort: 1880,\n}\n', undefined],
  ['the sample that Tasmota ships', 'tasmota/user_config_override_sample.h', '#define MQTT_HOST "10.0.0.4"\n', 'tasmota'],
  ['settings of one kind of device for Tasmota', 'my_user_config-ward.h', '#undef MQTT_HOST\n#define MQTT_HOST "10.0.0.4"\n', 'tasmota'],
  ['Mosquitto under a name of its own', 'broker/ward.conf', '# ward\nlistener 8883\npassword_file /etc/passwords\n', 'mosquitto'],
  ['a broker that lets anyone in', 'mqtt.conf', 'allow_anonymous true\n', 'mosquitto'],
  ['a listener of another server', 'web.conf', 'listener 8883\nworkers 4\n', undefined],
  ['another configuration.yaml', 'configuration.yaml', 'http:\n  port: 80\nlog:\n  level: info\n', undefined],
  ['a package', 'packages/ward.yaml', 'homeassistant:\n  customize:\n    a: b\n', 'home-assistant'],
  ['a package under a name of its own', 'areas/ward.yaml', '# ward 4\nrest_command:\n  call:\n    url: https://a\nautomation ward:\n  - alias: a\n', 'home-assistant'],
  ['a list of commands of another program', 'commands.yaml', 'shell_command: ls\nMain: 1\n', undefined],
  ['a manifest that mentions Home Assistant', 'home-assistant.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: home-assistant\n', undefined],
  ['ESPHome', 'devices/bed.yaml', 'substitutions:\n  name: bed\nesphome:\n  name: ${name}\nesp32:\n  board: a\n', 'esphome'],
  ['a list of services with ESPHome in it', 'compose.yaml', 'services:\n  esphome:\n    image: esphome/esphome\n', undefined],
  ['a policy of a device', 'policy.json', statement('["iot:Connect", "iot:Publish"]'), 'aws-iot-policy'],
  ['a policy as text', 'request.json', JSON.stringify({ policyDocument: statement('"iot:Connect"') }), 'aws-iot-policy'],
  ['a policy for people', 'policy.json', statement('["iot:Publish", "s3:GetObject"]'), undefined],
  ['a policy for administration', 'policy.json', statement('["iot:CreateThing"]'), undefined],
  ['a policy of a resource', 'policy.json', statement('"iot:*"', '"Principal": "*", '), undefined],
  ['a template with a policy', 'stack.json', `{ "AWSTemplateFormatVersion": "2010-09-09", "Resources": ${statement('"iot:Connect"')} }`, undefined],
  ['a deployment of IoT Edge', 'deployment.json', '{ "modulesContent": { "$edgeAgent": { "properties.desired": {} } } }', 'iot-edge'],
  ['a layered deployment', 'layer.json', '{ "content": { "modulesContent": { "$edgeAgent": { "properties.desired.modules.a": {} } } } }', 'iot-edge'],
  ['a recipe in YAML', 'recipe.yaml', '---\nRecipeFormatVersion: "2020-01-25"\nComponentName: a\n', 'greengrass'],
  ['a recipe in JSON', 'recipe.json', '{\n  "RecipeFormatVersion": "2020-01-25"\n}', 'greengrass'],
  ['a core device', 'config.yaml', 'system:\n  thingName: a\nservices:\n  aws.greengrass.Nucleus:\n    configuration: {}\n', 'greengrass'],
  ['services of another kind', 'config.yaml', 'services:\n  web:\n    image: a\n', undefined],
  [
    'Home Assistant with a Z-Wave stick', 'config/configuration.yaml',
    'homeassistant:\n  # where it is\n  latitude: !secret latitude\nzwave:\n  usb_path: /dev/ttyACM0\n  network_key: !secret zwave\n', 'home-assistant',
  ],
  [
    'a part that devices of ESPHome share', 'common/base.yaml',
    'wifi:\n  ssid: !secret ssid\nota:\n  - platform: esphome\n    password: !secret ota\n', 'esphome',
  ],
  ['another part', 'common/wifi.yaml', 'wifi:\n  ssid: !secret ssid\n\ncaptive_portal:\n', 'esphome'],
  ['settings of a router', 'router.yaml', 'wifi:\n  ssid: a\nota:\n  server: https://a.example\n', undefined],
  ['EMQX', 'etc/emqx.conf', '## a\nnode {\n  name = "emqx@127.0.0.1"\n}\n', 'emqx'],
  ['EMQX 4', 'etc/emqx.conf', 'node.name = emqx@127.0.0.1\nlistener.tcp.external = 1883\n', 'emqx'],
  ['a web server in front of EMQX', 'nginx/conf.d/emqx.conf', 'upstream dashboard {\n  server 10.0.0.1:18083;\n}\nserver {\n  listen 443 ssl;\n}\n', undefined],
  ['a program watched for EMQX', 'supervisor/emqx.conf', '[program:emqx]\ncommand=/usr/bin/emqx foreground\n', undefined],
  ['NanoMQ', 'etc/nanomq.conf', 'mqtt {\n  max_packet_size = 1KB\n}\nlisteners.tcp { bind = "0.0.0.0:1883" }\n', 'nanomq'],
  ['Node-RED', '.node-red/settings.js', 'module.exports = {\n    //adminAuth: {},\n    uiPort: 1880,\n}\n', 'node-red'],
  ['settings of another program', 'src/settings.js', 'module.exports = {\n  port: 80,\n  secret: process.env.SECRET,\n};\n', undefined],
  ['a program that uses Node-RED', 'settings.js', 'const RED = require("node-red");\nRED.init(server, settings);\n', undefined],
  ['an App Control policy', 'CodeIntegrity/AllowMicrosoft.xml', '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<SiPolicy xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" PolicyType="Base Policy" xmlns="urn:schemas-microsoft-com:sipolicy">\r\n</SiPolicy>', 'app-control'],
  ['an App Control policy with a prefix', 'policy.xml', '<ns0:SiPolicy xmlns:ns0="urn:schemas-microsoft-com:sipolicy" PolicyType="Base Policy"></ns0:SiPolicy>', 'app-control'],
  ['an element of that name in another namespace', 'policy.xml', '<SiPolicy><Rules /></SiPolicy>', undefined],
  ['exploit protection', 'ExploitConfigfile.xml', '<?xml version="1.0" encoding="UTF-8"?>\r\n<MitigationPolicy>\r\n  <AppConfig Executable="a.exe">\r\n', 'exploit-protection'],
  ['mitigation of something else', 'policy.xml', '<MitigationPolicy><Threat name="flood" /></MitigationPolicy>', undefined],
  ['rules of device control', 'rules/Deny all.xml', '<PolicyRules>\r\n\t<PolicyRule Id="{d8e6f56c-f4c1-4875-ac45-51ad75d4580e}" >\r\n\t\t<Name>Deny</Name>\r\n\t\t<IncludedIdList>', 'device-control'],
  ['a group of device control', 'groups/All Devices.xml', '<Group Id="{d817ae9e-ce99-468d-a145-2527c7b166cd}" Type="Device">\n<MatchType>MatchAny</MatchType>\n<DescriptorIdList>', 'device-control'],
  ['groups of people', 'Groups.xml', '<Groups><Group Id="1"><Member name="a" /></Group></Groups>', undefined],
  ['rules of another policy', 'rules.xml', '<PolicyRules><PolicyRule Id="a"><Condition /></PolicyRule></PolicyRules>', undefined],
  ['registry items of group policy', 'Preferences/Registry/Registry.xml', '<?xml version="1.0" encoding="utf-8"?>\r\n<RegistrySettings clsid="{A3CCFC41-DFDB-43a5-8D26-0FE8B954DA51}"></RegistrySettings>', 'group-policy-preferences'],
  ['accounts of group policy', 'Groups.xml', '<?xml version="1.0" encoding="utf-8"?><Groups clsid="{3125E937-EB16-4b4c-9934-544FC6D24D26}"></Groups>', 'group-policy-preferences'],
  ['a collection dragged out of the editor', 'Isolation.xml', '<?xml version="1.0"?>\n\n<Collection clsid="{53B533F5-224C-47e3-B01B-CA3B3F3FF4BF}" name="a">\n', 'group-policy-preferences'],
  ['a collection of something else', 'Collection.xml', '<Collection clsid="{00000000-0000-0000-0000-000000000000}" name="a"></Collection>', undefined],
  ['tasks of another scheduler', 'ScheduledTasks.xml', '<ScheduledTasks><Task name="a" /></ScheduledTasks>', undefined],
  ['a definition of the schema of App Control', 'cipolicy.xml', '<xs:schema targetNamespace="urn:schemas-microsoft-com:sipolicy" xmlns:xs="http://www.w3.org/2001/XMLSchema"></xs:schema>', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = formatOf(path, text);
    if (format) assert.equal(found, format);
    else assert.ok(!devices.includes(found ?? ''), found);
  });
}

test('no example of another format is taken for one of these, whatever its name', () => {
  const names = ['configuration.yaml', 'packages/a.yaml', 'policy.json', 'deployment.json', 'emqx/emqx.conf', 'nanomq.conf', 'settings.js', 'policy.xml'];
  const others = pages().filter(({ format }) => !devices.includes(format) && !['mosquitto', 'orthanc'].includes(format));
  assert.ok(others.length > 100);
  for (const { path, examples } of others) {
    for (const { text } of examples.flatMap(({ files }) => files)) {
      for (const name of names) assert.ok(!devices.includes(formatOf(name, text) ?? ''), `${path} as ${name}`);
    }
  }
});

/** A name each of these may have; most of their examples are too short to be recognised by more than a section. */
const usual: Readonly<Record<string, string>> = {
  zigbee2mqtt: 'data/configuration.yaml', 'home-assistant': 'configuration.yaml', esphome: 'bed.yaml',
  'aws-iot-policy': 'policy.json', 'iot-edge': 'deployment.json', greengrass: 'recipe.yaml',
  'app-control': 'policy.xml', 'exploit-protection': 'settings.xml', 'device-control': 'policy.xml', 'group-policy-preferences': 'Registry.xml',
};

/** Whether a file of an example is one that another of them includes. */
function includedIn(format: string, files: Example['files']): (path: string) => boolean {
  const declared = registry.formats.get(format)!;
  const taken = files.flatMap(({ name, text }) => declared.includes?.(declared.parse(text), name ?? '') ?? []).flat().map((place) => globMatcher(place));
  return (path) => taken.some((matches) => matches(path));
}

for (const [format, name] of Object.entries(usual)) {
  test(`every example of ${format} is recognised as it`, () => {
    for (const page of pages().filter((one) => one.format === format)) {
      for (const { files, line } of page.examples) {
        // A file of secrets is read by the one that names it, others are of the format of those that include them, and what runs a program is none of its own.
        const included = includedIn(format, files);
        for (const { text, name: own } of files) if (!/secrets?\.yaml$|compose\.ya?ml$|Dockerfile$/.test(own ?? '') && !included(own ?? '')) assert.equal(formatOf(name, text), format, `${page.path}:${line}`);
      }
    }
  });
}
