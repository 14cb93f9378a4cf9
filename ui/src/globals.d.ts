/** Whether this build holds the host in memory: in development and for pictures of the screens, never for people. */
declare const __FAKE_HOST__: boolean;

declare module '*.svg?raw' {
  const text: string;
  export default text;
}

declare module '@joplin/turndown-plugin-gfm' {
  import type { Plugin } from 'turndown';
  /** Tables, tasks and struck words. */
  export const gfm: Plugin;
}
