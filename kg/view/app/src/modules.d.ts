declare module '*.css';

/** The writer alone: the package's index brings its reader along. */
declare module 'graphology-gexf/browser/writer.js' {
  export { write as default } from 'graphology-gexf/browser/index.js';
}
