import { withoutTail } from '#engine/text.js';
import { URI } from 'vscode-uri';
import { registry } from '#registry/registry.generated.js';
import { RootSettings, unset, type EditorSettings } from './language-server-settings.js';
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

  /**
   * @param where scheme and authority
   * @param uri the folder as the client wrote it, without a slash at the end; absent for what stands in no folder
   */
  constructor(readonly where: string, readonly uri: string | undefined, readonly files: Files | undefined) {
    this.workspace = new Workspace(registry, files);
    this.settings = new RootSettings(this.workspace, files);
  }

  /** The documents that are open, under the addresses the client gave them: one file can be spelled in many ways. */
  readonly open = new Map<string, string>();

  /** The address of a file, as VS Code spells it. */
  uriOf(path: string): string {
    const spelled = encodeURIComponent(path).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%2F', '/');
    return `${this.uri ?? this.where}/${spelled}`;
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
  readonly #filesBelow: (folder: string) => Files | undefined;
  #editor = unset;

  /** @param filesBelow the files of a folder, or nothing where nobody can read them: its documents then stand alone */
  constructor(filesBelow: (folder: string) => Files | undefined) {
    this.#filesBelow = filesBelow;
  }

  /** Takes the folders that are open now, and keeps the roots of those that were open before. */
  set(uris: readonly string[]): void {
    const given = new Set<string>();
    this.#folders = uris.flatMap((uri) => {
      // An empty address is no folder; one that is named twice is one.
      if (typeof uri !== 'string' || uri === '') return [];
      const address = addressOf(uri);
      const path = withoutTail(address.path, '/');
      if (given.size === given.add(`${address.where} ${path}`).size) return [];
      const known = this.#folders.find((folder) => folder.address.where === address.where && folder.address.path === path);
      if (known) return [known];
      return [{ root: this.#root(address.where, withoutTail(uri, '/'), this.#filesBelow(uri)), address: { where: address.where, path } }];
    }).sort((a, b) => b.address.path.length - a.address.path.length);
  }

  /**
   * The settings of the editor, which hold in every root there is and will be, but those of `folders`: what an editor says of a
   * folder, by the address the client gave it.
   */
  configure(editor: EditorSettings, folders: ReadonlyMap<string, EditorSettings> = new Map()): void {
    this.#editor = editor;
    for (const root of this.all) root.settings.take((root.uri === undefined ? undefined : folders.get(root.uri)) ?? editor);
  }

  #root(where: string, uri: string | undefined, files: Files | undefined): Root {
    const root = new Root(where, uri, files);
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
    if (!root) this.#loose.set(where, (root = this.#root(where, undefined, undefined)));
    return { root, path: path.replace(/^\/+/, '') };
  }
}

/** One spelling for all addresses of a file. */
export function canonical({ root, path }: Place): string {
  return root.uriOf(path);
}

function addressOf(uri: string): Address {
  const { scheme, authority, path } = URI.parse(uri);
  return { where: `${scheme}://${authority}`, path: path.replace(/^\/([A-Z]):/, (_all, drive: string) => `/${drive.toLowerCase()}:`) };
}
