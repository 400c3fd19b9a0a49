import { import_rules } from './scripts/import_rules.ts';

/** The rules are made from `scripts/floors.ts`; `test/house/import_rules.test.ts` has seen each of them refuse. */
export default {
  forbidden: import_rules,
  options: {
    // type-only imports count
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], mainFields: ['main', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs'] },
  },
};
