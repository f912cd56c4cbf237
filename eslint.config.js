import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** core decides from its arguments alone; whatever reads the world makes a rule impossible to test at another instant. */
const IMPURE = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'core takes the time as an argument.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'core takes the time as an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'core takes chance as an argument.' },
  {
    selector: ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]',
    message: 'core is not asynchronous.',
  },
  { selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate|fetch)$/]', message: 'core has no timers and no I/O.' },
  {
    selector: "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
    message: 'core takes the time as an argument.',
  },
];

/**
 * What types say of a component's script is asked by `npm run lint` and before a landing. It costs more than all other checks together, because
 * each component makes its types anew, so `npm test` leaves it out; svelte-check types the components there.
 */
const typesOfComponents = process.env['LINT_COMPONENTS'] !== 'without-types';

/** What oxlint, which knows the types of every other file (.oxlintrc.json), cannot see: components, and what core may not name. */
export default ts.config(
  { ignores: ['node_modules', 'build', 'data', '.svelte-kit', 'server/adapters/db/generated', 'web/src/lib/paraglide'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['server/core/**/*.ts'],
    languageOptions: { parser: ts.parser },
    // Its other rules are oxlint's, and so is the judgement whether a comment switches off anything.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { 'no-restricted-syntax': ['error', ...IMPURE] },
  },
  {
    files: ['**/*.svelte'],
    extends: [ts.configs.strictTypeChecked],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void promise` says in the open that nobody waits; arrows may return what a caller ignores.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // What fulfils an asynchronous port stays async, so that its errors are rejections too.
      '@typescript-eslint/require-await': 'off',
      // A parameter used once in a signature can still tie two values together in the body.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always'],
      // One icon by its own path: through the package's front door come all four thousand, into every check and build.
      'no-restricted-imports': ['error', { paths: ['@lucide/svelte'] }],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, projectService: true, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  // State is replaced whole here ($state.raw), so plain maps and sets never have to tell of their changes.
  { files: ['web/**'], rules: { 'svelte/prefer-svelte-reactivity': 'off' } },
  {
    files: ['**/*.svelte'],
    rules: {
      'svelte/no-navigation-without-resolve': 'off',
      // Props and derived values are declared with `let` by Svelte's own habit.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Here another component's import is `any`: only svelte-check, which also runs, sees through the compiler.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
    },
  },
  ...(typesOfComponents ? [] : [{ files: ['**/*.svelte'], extends: [ts.configs.disableTypeChecked] }]),
  {
    files: ['**/*.svelte.ts'],
    languageOptions: { parser: ts.parser, parserOptions: { projectService: false } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
);
