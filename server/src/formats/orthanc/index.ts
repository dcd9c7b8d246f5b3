import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known } from '#engine/setting.js';
import { commentsOf, nodeAt, parseJson, properties, spanOf, type Json } from '#notations/json.js';
import { secrets } from './credentials.js';
import { databases } from './databases.js';
import { dicom, modalities, peers, web } from './ends.js';
import { isOff, option, own } from './reading.js';

export default format<Json>({
  title: 'Orthanc DICOM server',
  files: [
    { named: ['**/orthanc*.json', '**/Orthanc*.json', '**/orthanc/*.json', '**/Configuration.json'], saying: /"(?:DicomAet|DicomModalities|RegisteredUsers|StorageDirectory|DicomPort|RemoteAccessAllowed|DicomServerEnabled|OrthancPeers|DicomTlsEnabled|SslEnabled)"\s*:/ },
    // A file of the folder that holds only what one plug-in reads.
    {
      named: ['**/orthanc/*.json', '**/orthanc*.json'],
      saying: (head) => /"(?:DicomWeb|PostgreSQL|MySQL|ODBC|AwsS3Storage|AzureBlobStorage)"\s*:\s*\{/.test(head)
        && /"(?:EnableIndex|EnableStorage|Servers|EnableWado|BucketName|ContainerName)"\s*:/.test(head),
    },
    { named: ['**/*.json'], saying: (head) => /"DicomAet"\s*:/.test(head) && /"(?:StorageDirectory|DicomPort|HttpPort|RemoteAccessAllowed)"\s*:/.test(head) },
  ],
  parse: (text) => parseJson(text),
  comments: (file) => commentsOf(file),
  comment: (text) => `// ${text}`,
  facts: [
    lowering(Channel, (file, analysis) => [...web(analysis), ...dicom(analysis), ...modalities(analysis), ...peers(analysis), ...databases(file)]),
    lowering(Login, (file, analysis) => {
      const remote = option(analysis, 'RemoteAccessAllowed', false);
      if (isOff(option(analysis, 'HttpServerEnabled', true)) || remote.kind === 'undetermined' || !remote.value) return [];
      // Since 1.5.8 authentication is on wherever remote access is, unless the file says otherwise.
      const asked = option(analysis, 'AuthenticationEnabled', true);
      const users = nodeAt(file, ['RegisteredUsers']);
      const shipped = properties(users).find(({ name, value }) => shippedUsers.has(`${name}:${String(value.value)}`));
      const guessed = shipped !== undefined || users?.children?.length === 0;
      return [{
        label: 'The Orthanc web server',
        span: asked.span,
        anonymous: asked.kind === 'undetermined' ? asked : {
          ...asked, value: !asked.value, write: (wanted: boolean) => (guessed ? [] : asked.write(!wanted)),
        },
        // Where nobody is asked for a password, none that could be guessed is in use.
        defaultCredential: users && !isOff(asked) ? known(guessed, shipped?.span ?? spanOf(users.parent ?? users)) : undefined,
      }];
    }),
    lowering(Secret, secrets),
    lowering(AuditTrail, (_file, analysis) => {
      const on = own(analysis, 'LogExportedResources', false);
      return on === undefined ? [] : [{ label: 'The log of images Orthanc sends out', span: on.span, enabled: on }];
    }),
  ],
});

/** The users of the manual and of the shipped files. Orthanc makes `orthanc:orthanc` itself where none is registered. */
const shippedUsers: ReadonlySet<string> = new Set(['orthanc:orthanc', 'alice:alicePassword', 'demo:demo', 'admin:admin', 'test:test']);
