import nextPlugin from '@next/eslint-plugin-next';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const environmentBan = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment through lib/env.ts, which validates it.',
};

export default tseslint.config(
  { ignores: ['node_modules/', '.next/', '.assay/', 'public/', 'lib/store/generated/', 'next-env.d.ts', 'test-results/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    plugins: { 'react-hooks': reactHooks, '@next/next': nextPlugin },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...nextPlugin.configs.recommended.rules,
      ...nextPlugin.configs['core-web-vitals'].rules,
      '@next/next/no-img-element': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      complexity: ['error', 15],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', environmentBan],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['lib/env.ts', 'lib/cli/**', '.config/**', 'e2e/**', '**/*.test.ts', 'lib/store/testing/**'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['lib/cli/**', '.config/**', 'e2e/**'], rules: { 'no-console': 'off' } },
);
