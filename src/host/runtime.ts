/** The Node that runs this program: its absolute path, and its version without the `v`. */
export const nodeRuntime = (): { readonly path: string; readonly version: string } => ({
  path: process.execPath,
  version: process.versions.node,
});
