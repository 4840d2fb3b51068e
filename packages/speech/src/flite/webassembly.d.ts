/** The part of WebAssembly that is used here; TypeScript ships it with the DOM only. */
declare namespace WebAssembly {
  type Module = object;
  const Module: new (bytes: Uint8Array) => Module;

  type Imports = Record<string, Record<string, (...values: never[]) => unknown>>;
  type Instance = { readonly exports: Readonly<Record<string, unknown>> };
  const Instance: new (module: Module, imports: Imports) => Instance;

  type Memory = { readonly buffer: ArrayBuffer };
}
