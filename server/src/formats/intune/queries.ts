import { query, type Query } from '#engine/query.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { elements, nodeAt, placeOf, property, type Json } from '#notations/json.js';
import { flag, resources } from './resources.js';

/** A switch of one name, in every policy of the file. */
function switched(name: string, key: string, where?: 'compliance alone'): Query<Setting<boolean>> {
  return query<Json, Setting<boolean>>('intune', name, (analysis) => resources(analysis.tree).filter(({ type }) => type !== 'settings catalog').flatMap((resource) => {
    const setting = flag(analysis, resource, key, where);
    return setting ? [setting] : [];
  }));
}

/** Whether devices whose protections were removed are turned away. */
export const jailbroken = switched('jailbroken devices', 'securityBlockJailbrokenDevices', 'compliance alone');

/** Whether documents of managed apps stay in managed apps. */
export const managedDocuments = switched('documents of work', 'documentsBlockManagedDocumentsInUnmanagedApps');

/** Whether certificates that nobody vouches for are refused. */
export const untrustedCertificates = switched('untrusted certificates', 'certificatesBlockUntrustedTlsCertificates');

/** Whether copies in the cloud account of the person are refused. */
export const cloudBackup = switched('iCloud backup', 'iCloudBlockBackup');

/** Whether a device that does not comply is shut out some time. */
export const blocking = query<Json, Setting<boolean>>('intune', 'action on devices that do not comply', ({ tree }) =>
  resources(tree).filter(({ compliance }) => compliance).flatMap(({ path }): readonly Setting<boolean>[] => {
    const at = [...path, 'scheduledActionsForRule'];
    const rules = nodeAt(tree, at);
    if (rules?.type !== 'array' || !rules.children?.length) return [];
    const listed = elements(rules).map((_, i) => nodeAt(tree, [...at, i, 'scheduledActionConfigurations']));
    if (listed.some((node) => node?.type !== 'array')) return [undetermined(placeOf(rules), 'the export leaves out what happens: ask Graph for scheduledActionsForRule with its configurations')];
    const blocks = listed.some((node) => elements(node).some((action) => property(action, 'actionType')?.children?.[1]?.value === 'block'));
    return [known(blocks, placeOf(rules))];
  }));
