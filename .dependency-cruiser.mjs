// The walls between the rooms of src/, as ARCHITECTURE.md draws them. Each says why it stands. Tests may look over every
// wall: they build their own worlds.

const TEST = '\\.test\\.ts$';
/** Modules of Node that touch the world outside the process. */
const IO = '^(node:)?(fs|fs/promises|net|http|http2|https|tls|dgram|dns|child_process|cluster|inspector)$';

/**
 * One wall: of our own modules, those in `from` import nothing but those in `only`.
 * @param {{ name: string, comment: string, from: string, only: readonly string[], not?: readonly string[] }} wall
 */
function room({ name, comment, from, only, not = [] }) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, pathNot: [TEST, ...not] },
    to: { path: '^(src|web|scripts|bench|test|examples|rules)/', pathNot: [...only] },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    room({
      name: 'model-imports-nothing',
      comment: 'The vocabulary depends on nothing, so that everything can depend on it, the browser too.',
      from: '^src/model/',
      only: ['^src/model/'],
    }),
    {
      name: 'model-has-no-packages',
      comment: 'The vocabulary is also compiled into the page of the HTML report: it uses neither packages nor Node.',
      severity: 'error',
      from: { path: '^src/model/', pathNot: TEST },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'] },
    },
    room({
      name: 'lib-is-general',
      comment: 'Tools know the vocabulary and each other; a tool that knows a format or a threat belongs there.',
      from: '^src/lib/',
      only: ['^src/lib/', '^src/model/'],
    }),
    room({
      name: 'facts-do-not-judge',
      comment: 'Facts are what stands in the bytes: whoever reads them must not know what will be asked.',
      from: '^src/facts/',
      only: ['^src/facts/', '^src/lib/', '^src/model/'],
    }),
    room({
      name: 'engines-know-no-threats',
      comment: 'An engine answers in the words of its ecosystem; if it knew the threat, it could be tempted to please.',
      from: '^src/engines/',
      only: ['^src/engines/', '^src/facts/', '^src/lib/', '^src/model/'],
    }),
    room({
      name: 'threats-know-no-surroundings',
      comment:
        'A threat judges facts with engines; how its verdict is combined, printed or asked for is not its business.',
      from: '^src/threats/',
      only: ['^src/threats/', '^src/engines/', '^src/facts/', '^src/lib/', '^src/model/'],
    }),
    {
      name: 'threats-do-not-meet',
      comment:
        'Each threat stands or falls by itself: what two of them need is an engine, or a file beside the folders.',
      severity: 'error',
      from: { path: '^src/threats/([^/]+/[^/]+)/', pathNot: TEST },
      to: { path: '^src/threats/[^/]+/[^/]+/', pathNot: '^src/threats/$1/' },
    },
    {
      name: 'only-the-registry-collects-threats',
      comment: 'What stands beside the folders is for all threats and knows none; the generated registry lists them.',
      severity: 'error',
      from: { path: '^src/threats/[^/]+\\.ts$', pathNot: [TEST, '^src/threats/registry\\.generated\\.ts$'] },
      to: { path: ['^src/threats/[^/]+/[^/]+/', '^src/threats/registry\\.generated\\.ts$'] },
    },
    room({
      name: 'verdict-is-the-same-for-all',
      comment:
        'The kernel combines assessments by one algebra: a case for one threat, report or surface would bend it.',
      from: '^src/verdict/',
      only: ['^src/verdict/', '^src/lib/', '^src/model/'],
    }),
    room({
      name: 'reports-read-only-the-result',
      comment: 'A report is a view: were it to look behind the Result, two formats could tell two stories.',
      from: '^src/reports/',
      only: ['^src/reports/', '^src/lib/', '^src/model/'],
    }),
    room({
      name: 'sources-bring-bytes',
      comment: 'A source presents files and objects as they are: it knows neither their formats nor what they mean.',
      from: '^src/sources/',
      only: ['^src/sources/', '^src/lib/', '^src/model/'],
    }),
    room({
      name: 'config-declares',
      comment: 'Config is data: it fills in the declared part of a context and the decisions, and computes nothing.',
      from: '^src/config/',
      only: ['^src/config/', '^src/lib/', '^src/model/', '^src/threats/context\\.ts$', '^src/verdict/decisions\\.ts$'],
    }),
    room({
      name: 'surfaces-go-through-the-pipeline',
      comment:
        'Every surface tells the same story because there is one: bytes from sources, pipeline, report, exit code. ' +
        'Some commands have their own walls below: init, replay, and the engines that are tools of their own.',
      from: '^src/surfaces/',
      not: ['/cli/(init|replay)-command\\.ts$', '/cli/(terraform|secrets|network|rbac|iam)/'],
      only: [
        '^src/(surfaces|sources|config|reports|lib|model)/',
        '^src/pipeline\\.ts$',
        '^src/verdict/exit-code\\.ts$',
      ],
    }),
    room({
      name: 'init-only-looks',
      comment:
        'init writes down what it finds: it collects facts, and asks the builds engine for bases, without verdicts.',
      from: '^src/surfaces/cli/init-command\\.ts$',
      only: ['^src/(surfaces|sources|config|lib|model)/', '^src/facts/collect\\.ts$', '^src/engines/builds/'],
    }),
    room({
      name: 'an-engine-is-a-tool-of-its-own',
      comment: 'People adopt one piece at a time: a verb of an engine asks that engine alone, without verdicts.',
      from: '^src/surfaces/cli/terraform/',
      only: ['^src/(surfaces|sources|lib|model)/', '^src/engines/terraform/'],
    }),
    room({
      name: 'rbac-is-a-tool-of-its-own',
      comment:
        'Rights come from objects in YAML and from Terraform: the verb reads facts, has Terraform evaluated, and asks.',
      from: '^src/surfaces/cli/rbac/',
      only: [
        '^src/(surfaces|sources|lib|model)/',
        '^src/facts/collect\\.ts$',
        '^src/engines/(rbac/index|terraform/evaluate-facts)\\.ts$',
      ],
    }),
    room({
      name: 'network-is-a-tool-of-its-own',
      comment: 'The network verbs read facts as the pipeline does, Terraform included, and ask one engine.',
      from: '^src/surfaces/cli/network/',
      only: ['^src/(surfaces|sources|lib|model)/', '^src/facts/collect\\.ts$', '^src/engines/(network|terraform)/'],
    }),
    room({
      name: 'secrets-is-a-tool-of-its-own',
      comment: 'Its verbs ask the engine of secrets, and those that clean a history of them, without verdicts.',
      from: '^src/surfaces/cli/secrets/',
      only: ['^src/(surfaces|sources|lib|model)/', '^src/engines/(secrets|secrets-history|git-rewrite)/'],
    }),
    room({
      name: 'iam-is-a-tool-of-its-own',
      comment:
        'Its verbs ask the engine of IAM about policies, and that of Terraform about the accounts that a configuration ' +
        'describes, without verdicts.',
      from: '^src/surfaces/cli/iam/',
      only: ['^src/(surfaces|sources|lib|model|facts)/', '^src/engines/(iam|terraform)/'],
    }),
    room({
      name: 'replay-asks-the-control',
      comment: 'replay hands a counterexample back to the control that found it, which only the registry knows.',
      from: '^src/surfaces/cli/replay-command\\.ts$',
      only: ['^src/(surfaces|sources|lib|model)/', '^src/pipeline\\.ts$', '^src/threats/registry\\.generated\\.ts$'],
    }),
    room({
      name: 'nobody-calls-a-surface',
      comment: 'Data flows one way, and surfaces are its end.',
      from: '^src/(?!surfaces/)',
      only: ['^src/(?!surfaces/)', '^(web|scripts|bench|test|examples|rules)/'],
    }),
    {
      name: 'product-imports-no-workshop',
      comment: 'What is published stands on src/ alone: scripts, tests and benchmarks stay behind.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: '^(scripts|bench|test|examples|web|conformance)/' },
    },
    {
      name: 'only-sources-and-surfaces-touch-the-world',
      comment: 'Everything else is a function of its input: it can be tested, replayed and trusted with hostile files.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(sources|surfaces)/', TEST] },
      to: { path: IO, dependencyTypes: ['core'] },
    },
    {
      name: 'product-uses-declared-packages',
      comment: 'A package that is only a development dependency is missing where fourproof is installed.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'page-knows-only-the-model',
      comment: 'The page of the HTML report is given a Result as JSON: of the product it knows the types.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: '^src/', pathNot: '^src/model/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one idea in two files, or two ideas in a knot.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nothing reaches is dead, or its registry line is missing.',
      severity: 'error',
      from: { orphan: true, path: '^(src|web/src)/', pathNot: [TEST, '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'not-reachable-from-an-entry',
      comment: 'Every module of the product is reached from the program: what only its own test imports is dead.',
      severity: 'error',
      from: { path: '^src/surfaces/cli/main\\.ts$' },
      to: { path: '^src/', pathNot: [TEST, '\\.d\\.ts$', '/cases/'], reachable: false },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere fails only when it runs.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vite/client|tsx/esm/api)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/.*/cases|web/dist|dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    skipAnalysisNotInRules: true,
  },
};
