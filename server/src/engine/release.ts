import type { Absent } from './setting.js';

declare const documentation: unique symbol;

/** A page on which a default stands, with the releases of the product it holds for; made by {@link documented} and {@link inReleases} alone. */
export type Source = string & { readonly [documentation]: true };

/**
 * The releases a default was looked up for: from the oldest still met to the newest at the time. `version 1` is for interfaces whose
 * defaults never change within a version.
 */
export type Range = `${number}${string} to ${number}${string}` | `${number}${string} to before ${string}` | `version ${number}`;

/** Where a default is documented: `documented('OpenSSH', '7.0 to 10.2', 'sshd_config(5)')`. */
export function documented(product: string, releases: Range, page: string): Source {
  return `${product} ${releases}, ${page}` as Source;
}

/** A release as its numbers, the greatest first. */
export type Release = readonly number[];

/** The releases a file may be for, both ends included. */
export interface Releases {
  readonly least: Release;
  readonly greatest: Release;
}

/** The release that a tag or a version begins with: `v8.10.0-alpine`, `2.0`; nothing for `latest` or a name. */
export function releaseOf(text: string): Release | undefined {
  const numbers = /^v?(\d{1,8}(?:\.\d{1,8}){0,3})(?![\d.])/i.exec(text)?.[1];
  return numbers?.split('.').map(Number);
}

/** The releases that a tag or version stands for: `2` is every release from 2 up to the one before 3. */
export function releasesOf(text: string | undefined): Releases | undefined {
  const least = text === undefined ? undefined : releaseOf(text);
  return least && { least, greatest: [...least, Infinity] };
}

/** Whether the first release comes before the second: less than zero; the same: zero. Numbers left out are zero. */
export function compareReleases(one: Release, other: Release): number {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [a, b] = [one[i] ?? 0, other[i] ?? 0];
    if (a !== b) return a < b ? -1 : 1;
  }
  return 0;
}

/** A default that releases changed: what held first, and what each later release made of it; nothing where it was not looked up. */
export interface Changed<T> {
  readonly product: string;
  readonly page: string;
  readonly values: readonly (readonly [from: string, value: T | undefined])[];
  /** The newest release looked at; what it does is taken to hold on. */
  readonly to: string;
}

/**
 * What holds where a file says nothing of something whose default releases changed: the default of the releases it may be for, where it is the
 * same in all of them, else a reason that ends in what would settle it: `state allow_anonymous`.
 */
export function inReleases<T>({ product, page, values, to }: Changed<T>, used: Releases | undefined, settle: string): Absent<T> {
  const spans = values.map(([from, value], i) => ({ from, value, next: values[i + 1]?.[0] }));
  const possible = used === undefined ? spans : spans.filter(({ from, next }, i) =>
    (i === 0 || !isBefore(used.greatest, from)) && (next === undefined || isBefore(used.least, next)));
  const [first, ...others] = possible;
  if (first === undefined) return { because: `nothing is known of this release of ${product}: ${settle}` };
  const { from, value, next } = first;
  if (others.length === 0 && value !== undefined) {
    return { value, source: documented(product, (next === undefined ? `${from} to ${to}` : `${from} to before ${next}`) as Range, page) };
  }
  const changes = others.map((one) => one.from).join(' and ');
  return { because: others.length > 0 ? `${product} does otherwise from release ${changes} on, and nothing tells which this is for: ${settle}`
    : `the documentation of ${product} names no default from release ${from} on: ${settle}` };
}

/** Whether a release comes before another that is written out. */
export function isBefore(release: Release, other: string): boolean {
  return compareReleases(release, releaseOf(other) ?? []) < 0;
}
