/** Files of a tree that a program of the machine turns into Kubernetes objects. */
export interface RenderRequest {
  readonly program: 'helm' | 'kustomize';
  /** The files that it may read, by path; nothing else is there. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Folder of the chart or the kustomization; '' for the root. */
  readonly folder: string;
  /** Of a chart: how it is installed. */
  readonly release?: {
    readonly name: string;
    readonly namespace?: string;
    /** JSON; the chart's own values where it is absent. */
    readonly values?: string;
  };
}

/** What a program made of a request. */
export type Rendering =
  | {
      readonly ok: true;
      readonly text: string;
      /** Program and version, as in `helm v3.17.3`. */
      readonly by: string;
    }
  | { readonly ok: false; readonly why: string };

/** Renders: given by a source, and only where people ask for it. */
export type Render = (request: RenderRequest) => Rendering;
