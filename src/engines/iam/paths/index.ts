export { Closure } from './closure.ts';
export type { Credential } from './credentials.ts';
export { pathModel, type PathModel, type PathNode } from './model.ts';
export { pathsToAdministrators, pathsToPrincipal, type FoundPath, type PathStep } from './paths.ts';
export { startsOf, type Start } from './starts.ts';
export { whoCan, type Able } from './who-can.ts';
