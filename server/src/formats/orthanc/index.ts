import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { commentsOf, parseJson, type Json } from '#notations/json.js';
import { secrets } from './credentials.js';
import { databases } from './databases.js';
import { authorizer, dicom, modalities, peers, web } from './ends.js';
import { logins } from './logins.js';
import { own } from './reading.js';

/** Options of the server that no other program has. */
const server = [
  'DicomAet', 'DicomModalities', 'RegisteredUsers', 'StorageDirectory', 'DicomPort', 'RemoteAccessAllowed', 'DicomServerEnabled', 'OrthancPeers', 'DicomTlsEnabled',
  'SslEnabled', 'AuthenticationEnabled', 'HttpServerEnabled', 'DicomAlwaysAllow\\w+', 'DicomCheckModalityHost', 'DicomCheckCalledAet', 'WebDavEnabled',
  'ExecuteLuaEnabled', 'RestApiWriteToFileSystemEnabled', 'LuaScripts', 'HttpsVerifyPeers', 'DicomModalitiesInDatabase', 'OrthancExplorerEnabled', 'StorageCompression',
  'OverwriteInstances', 'StableAge', 'SslMinimumProtocolVersion', 'LogExportedResources', 'IndexDirectory', 'DicomTls\\w+',
];

/** Sections of its plug-ins, each with what only that plug-in reads. */
const plugins = [
  'DicomWeb', 'PostgreSQL', 'MySQL', 'ODBC', 'AwsS3Storage', 'AzureBlobStorage', 'GoogleCloudStorage', 'Authorization', 'OrthancExplorer2', 'StoneWebViewer', 'OHIF',
  'DelayedDeletion', 'AdvancedStorage', 'Housekeeper', 'Worklists', 'Transfers', 'WebViewer', 'Gdcm', 'MultitenantDicom', 'Keycloak',
];

const ofServer = new RegExp(`"(?:${server.join('|')})"\\s*:`);
const ofPlugin = new RegExp(`"(?:${plugins.join('|')})"\\s*:\\s*\\{`);
const isServer = (head: string) => ofServer.test(head);

/** A file of the folder that Orthanc reads: of the server, or only what one plug-in reads. A JSON schema or a package names neither at its top. */
const isPart = (head: string) => !/"(?:\$schema|dependencies|devDependencies|resourceType)"\s*:/.test(head) && (ofServer.test(head) || ofPlugin.test(head));

export default format<Json>({
  title: 'Orthanc DICOM server',
  files: [
    { named: ['**/orthanc*.json', '**/orthanc*.jsonc', '**/orthanc/**/*.json', '**/orthanc/**/*.jsonc'], saying: isPart },
    { named: ['**/Configuration.json', '**/Configuration.jsonc'], saying: isServer },
    { named: ['**/*.json', '**/*.jsonc'], saying: (head) => /"DicomAet"\s*:/.test(head) && /"(?:StorageDirectory|DicomPort|HttpPort|RemoteAccessAllowed)"\s*:/.test(head) },
  ],
  parse: (text) => parseJson(text),
  comments: (file) => commentsOf(file),
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Channel, (file, analysis) => [...web(analysis), ...dicom(analysis), ...modalities(analysis), ...peers(analysis), ...authorizer(analysis), ...databases(file)]),
    lowering(Login, (_file, analysis) => logins(analysis)),
    lowering(Secret, secrets),
    lowering(AuditTrail, (_file, analysis) => {
      const on = own(analysis, 'LogExportedResources', false);
      return on === undefined ? [] : [{ label: 'The log of images Orthanc sends out', span: on.span, enabled: on }];
    }),
  ],
});
