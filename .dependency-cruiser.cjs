/** The import table of docs/architecture.md, as a check. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
module.exports = {
  forbidden: [
    rule('no-circular', 'Modules that need each other are one module.', {}, { circular: true }),
    rule('renderer-knows-the-contract-only', 'renderer → shared', { path: '^renderer/' }, { path: '^(electron|e2e|scripts)/' }),
    rule(
      'renderer-knows-no-procedure',
      'Commands live in the backend: the window never sees a topic or the kit.',
      { path: '^renderer/' },
      { path: '^shared/(topics|topic-kit)/' },
    ),
    rule('electron-knows-shared-only', 'electron → shared', { path: '^electron/' }, { path: '^(renderer|e2e|scripts)/' }),
    rule(
      'shared-knows-nobody',
      'shared → nothing of the others, no Node, no DOM library',
      { path: '^shared/', pathNot: '\\.test(-kit)?\\.ts$' },
      { path: '^(electron|renderer|e2e|scripts)/' },
    ),
    rule('shared-is-isomorphic', 'shared is isomorphic', { path: '^shared/', pathNot: '\\.test(-kit)?\\.ts$' }, { dependencyTypes: ['core'] }),
    rule(
      'electron-module-at-the-edge',
      "'electron' only in main, preload and the files beside them",
      { path: '^(electron/backend/|electron/cli|shared|renderer)' },
      { path: '^electron$|node_modules/electron/' },
    ),
    rule(
      'topic-knows-the-kit-only',
      'topic → topic-kit and zod',
      { path: '^shared/topics/([^/]+)/', pathNot: '\\.test(-kit)?\\.ts$' },
      { pathNot: '^shared/topic-kit/|^shared/topics/$1/|node_modules/zod/' },
    ),
    rule('kit-knows-no-topic', 'core never imports a feature', { path: '^shared/(topic-kit|api|wire)' }, { path: '^shared/topics/' }),
    rule('no-orphans', 'Dead code goes.', { orphan: true, pathNot: '\\.(d|test)\\.ts$|(^|/)(vite-env|.*\\.config)' }, {}),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|release)/' },
    // Type imports count too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
