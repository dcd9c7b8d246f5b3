import { URI } from 'vscode-uri';
import { unconfigured, type Configuration } from '#configuration/configuration.js';
import { registry } from '#registry/registry.generated.js';
import { RootSettings } from './language-server-settings.js';
import { filesOnDisk } from './workspace-disk.js';
import type { Files } from './workspace-files.js';
import { Workspace } from './workspace.js';

/** Where a document is: the root it belongs to, and its path from there. */
export interface Place {
  readonly root: Root;
  readonly path: string;
}

/** One folder of the editor, or what stands in no folder. */
export class Root {
  readonly workspace: Workspace;
  readonly settings: RootSettings;
  /** Whether all files were linted on demand, so that new ones are to be linted as well. */
  scanned = false;

  /** @param uri the folder as the client wrote it, without a slash at the end; absent for what stands in no folder */
  constructor(readonly uri: string | undefined, readonly files: Files | undefined) {
    this.workspace = new Workspace(registry, files);
    this.settings = new RootSettings(this.workspace, files);
  }

  uriOf(path: string): string {
    return this.uri === undefined ? path : `${this.uri}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}

interface Address {
  /** Scheme and authority. */
  readonly where: string;
  /** Decoded, with forward slashes, and the letter of a drive in lower case. */
  readonly path: string;
}

/** The folders of the editor. A document belongs to the innermost folder around it; others stand alone. */
export class Roots {
  #folders: { readonly root: Root; readonly address: Address }[] = [];
  readonly #loose = new Map<string, Root>();
  #editor: Configuration = unconfigured;

  /** Takes the folders that are open now, and keeps the roots of those that were open before. */
  set(uris: readonly string[]): void {
    this.#folders = uris.map((uri) => {
      const address = addressOf(uri);
      const path = address.path.replace(/\/+$/, '');
      const known = this.#folders.find((folder) => folder.address.where === address.where && folder.address.path === path);
      if (known) return known;
      const onDisk = address.where === 'file://' ? filesOnDisk(diskPath(uri)) : undefined;
      return { root: this.#root(uri.replace(/\/+$/, ''), onDisk), address: { where: address.where, path } };
    }).sort((a, b) => b.address.path.length - a.address.path.length);
  }

  /** The settings of the editor, which hold in every root there is and will be. */
  configure(editor: Configuration): void {
    this.#editor = editor;
    for (const root of this.all) root.settings.take(editor);
  }

  #root(uri: string | undefined, files: Files | undefined): Root {
    const root = new Root(uri, files);
    root.settings.take(this.#editor);
    return root;
  }

  get all(): readonly Root[] {
    return [...this.#folders.map(({ root }) => root), ...this.#loose.values()];
  }

  get folders(): readonly Root[] {
    return this.#folders.map(({ root }) => root);
  }

  placeOf(uri: string): Place {
    const { where, path } = addressOf(uri);
    for (const { root, address } of this.#folders) {
      if (address.where === where && path.startsWith(`${address.path}/`)) return { root, path: path.slice(address.path.length + 1) };
    }
    let root = this.#loose.get(where);
    if (!root) this.#loose.set(where, (root = this.#root(undefined, undefined)));
    return { root, path: path.replace(/^\/+/, '') };
  }
}

function addressOf(uri: string): Address {
  const { scheme, authority, path } = URI.parse(uri);
  return { where: `${scheme}://${authority}`, path: path.replace(/^\/([A-Z]):/, (_all, drive: string) => `/${drive.toLowerCase()}:`) };
}

function diskPath(uri: string): string {
  return URI.parse(uri).fsPath;
}
