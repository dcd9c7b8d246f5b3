/** Files of medical systems share their names with everything else: what is taken for which, and what is left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';

const recognise = recogniser(registry.formats);
const own: readonly (string | undefined)[] = [
  'mirth-channel', 'mirth-properties', 'dcmqrscp', 'hapi-fhir', 'hapi-properties', 'ms-fhir', 'openmrs', 'openemr', 'conquest', 'dcm4chee', 'ohif', 'container-env', 'conquest-map',
];
const source = '<sourceConnector version="4.5.2">\n<properties class="com.mirth.connect.connectors.vm.VmReceiverProperties"/></sourceConnector>';

const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['a channel', 'ADT.xml', `<channel version="4.5.2">\n  <id>1</id>\n  ${source}\n</channel>`, 'mirth-channel'],
  ['a list of channels', 'all channels.xml', `\uFEFF<?xml version="1.0"?>\r\n<list>\r\n  <channel version="3.9.1">${source}</channel></list>`, 'mirth-channel'],
  [
    'a group', 'group.xml',
    `<channelGroup version="4.5.2"><name>a</name><channels><channel version="4.5.2">${source}</channel></channels></channelGroup>`, 'mirth-channel',
  ],
  [
    'a backup of a server', 'backup.xml',
    `<serverConfiguration version="4.5.2"><channels><channel version="4.5.2">${source}</channel></channels></serverConfiguration>`, 'mirth-channel',
  ],
  ['a news feed', 'feed.xml', '<rss version="2.0"><channel><title>News</title><link>http://a.example</link></channel></rss>', undefined],
  ['a list of television channels', 'channels.xml', '<list><channel><name>One</name></channel></list>', undefined],
  ['a Spring context', 'channel.xml', '<beans><bean id="channel" class="a.Channel"/></beans>', undefined],
  ['a Maven project that builds a plug-in', 'pom.xml', '<project><dependency><groupId>com.mirth.connect</groupId></dependency></project>', undefined],
  ['the settings of Mirth', 'conf/mirth.properties', '', 'mirth-properties'],
  ['a copy of them', 'mirth-backup.properties', 'dir.appdata = appdata\npassword.minlength = 0\n', 'mirth-properties'],
  ['the messages of a program', 'messages.properties', 'password.minlength = The password is too short\n', undefined],
  ['dcmqrscp', 'etc/dcmtk/dcmqrscp.cfg', '', 'dcmqrscp'],
  ['dcmqrscp by content', 'archive.cfg', 'NetworkTCPPort = 104\nHostTable BEGIN\nHostTable END\nAETable BEGIN\nAETable END\n', 'dcmqrscp'],
  ['a Python project', 'setup.cfg', '[metadata]\nname = a\n', undefined],
  ['HAPI FHIR', 'src/main/resources/application.yaml', 'spring:\n  main:\n    a: b\nhapi:\n  # settings\n  fhir:\n    fhir_version: R4\n', 'hapi-fhir'],
  ['HAPI FHIR before release 5', 'src/main/resources/hapi.properties', 'fhir_version=R4\nserver_address=http://a/\n', 'hapi-properties'],
  ['another Spring program in properties', 'application.properties', 'spring.datasource.url=jdbc:postgresql://db/app\n', undefined],
  ['another Spring program', 'application.yaml', 'spring:\n  datasource:\n    url: jdbc:postgresql://db/app\n', undefined],
  ['the values of a chart', 'fhir-values.yaml', 'image:\n  repository: hapiproject/hapi\n', undefined],
  ['Microsoft FHIR', 'appsettings.Production.json', '{ "FhirServer": { "Security": { "Enabled": true } } }', 'ms-fhir'],
  ['another .NET program', 'appsettings.json', '{ "Logging": {}, "ConnectionStrings": {} }', undefined],
  ['a FHIR resource', 'patient-fhir.json', '{ "resourceType": "Patient" }', undefined],
  ['OpenMRS', 'openmrs-runtime.properties', '', 'openmrs'],
  ['another program with a run-time file', 'app-runtime.properties', 'a=b\n', undefined],
  ['OpenEMR', 'sites/default/sqlconf.php', '<?php\n$sqlconf = array();\n', 'openemr'],
  ['a page of PHP', 'index.php', '<?php\necho $sqlconf["host"];\n', undefined],
  ['Conquest', 'dicom.ini', '# configuration\n\n[sscscp]\nMicroPACS = sscscp\n', 'conquest'],
  ['the systems Conquest knows', 'ACRNEMA.MAP', '/* map */\nCT1 10.0.0.1 104 un\n', 'conquest-map'],
  ['a source map', 'app.js.map', '{ "version": 3 }', undefined],
  ['another dicom.ini', 'dicom.ini', '[viewer]\nport = 104\n', undefined],
  ['dcm4chee', 'add-modality.ldif', 'dn: dicomDeviceName=ct1,cn=Devices,cn=DICOM Configuration,dc=dcm4che,dc=org\nobjectClass: dicomDevice\n', 'dcm4chee'],
  ['another directory', 'people.ldif', 'dn: uid=a,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\n', undefined],
  ['the viewer', 'usr/share/nginx/html/app-config.js', "window.config = {\n  dataSources: [{ namespace: '@ohif/extension-default.dataSourcesModule.dicomweb' }],\n};\n", 'ohif'],
  ['its source', 'platform/app/public/config/default.js', "/** @type {AppTypes.Config} */\nwindow.config = ({ servicesManager }) => ({\n  qidoRoot: '/pacs',\n});\n", 'ohif'],
  ['its release 2', 'docker/ohif/config.js', 'window.config = {\n  servers: {\n    dicomWeb: [{\n      "wadoRoot": "/pacs",\n    }],\n  },\n};\n', 'ohif'],
  ['the configuration of another page', 'app-config.js', "window.config = {\n  apiUrl: 'http://api.example/v1',\n};\n", undefined],
  ['a program that uses the viewer', 'src/config/viewer.js', "import { App } from '@ohif/app';\nexport default { servers: [] };\n", undefined],
  ['the variables of the archive', 'archive/docker-compose.env', 'LDAP_BASE_DN=dc=dcm4che,dc=org\nLDAP_ROOTPASS=a\n', 'container-env'],
  ['the variables of OpenEMR', '.env', '# record system\nOE_USER=admin\nOE_PASS=a\n', 'container-env'],
  ['the variables of another program', '.env', 'NODE_ENV=production\nPASSWORD=a\n', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = recognise(path, () => text);
    if (format) assert.equal(found, format);
    else assert.ok(!own.includes(found), found);
  });
}
