import type { Analysis } from '#engine/analysis.js';
import { releasesOf, type Changed, type Releases } from '#engine/release.js';
import { releasesByImage } from '#notations/running-images.js';
import type { Settings } from './settings.js';

/** How passwords are kept where `password_encryption` is left out. */
export const encryption: Changed<'md5' | 'scram-sha-256'> = {
  product: 'PostgreSQL', page: 'section 20.3', values: [['10', 'md5'], ['14', 'scram-sha-256']], to: '18',
};

/** The release a file is for: packages keep one cluster for each, `/etc/postgresql/15/main`, `/var/lib/pgsql/15/data`; else that of the image it is given to. */
export function releasesFor(settings: Settings, analysis: Analysis): Releases | undefined {
  const folder = /(?:^|\/)(?:postgresql|pgsql)[/-](\d{1,2}(?:\.\d)?)\//;
  const named = [analysis.path, settings.of('data_directory').raw ?? ''].map((path) => folder.exec(`${path}/`)?.[1]).find((one) => one !== undefined);
  return releasesOf(named) ?? releasesByImage(analysis, /(?:^|\/)(?:postgres|postgis|timescaledb)$/);
}
