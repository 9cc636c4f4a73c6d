import { definition, func, type Mutation, policy } from './mutation';

/**
 * Known bugs. A simulation that finds nothing proves nothing, so each promise has bugs that break it, and a test that
 * plants them one by one and sees that they are found. The patterns are those of the bundles as they are built; one
 * that is not there any more fails its test.
 */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'settle-overwrites-outcome': {
    breaks: 'callback-kept',
    edits: [
      func('settle-task', /"attribute_not_exists\(#recorded\)"/, '"attribute_exists(#taskId)"'),
      func('settle-task', /"#status = :pending"/, '"attribute_exists(#taskId)"'),
    ],
  },
  'retry-forgets-outcome': {
    breaks: 'callback-kept',
    edits: [
      func('call-external', /"attribute_not_exists\(#recorded\)"/, '"attribute_exists(#taskId)"'),
      func('call-external', /"#status = :pending"/, '"attribute_exists(#taskId)"'),
    ],
  },
  'recorded-success-not-taken': {
    breaks: 'callback-kept',
    edits: [definition(/\$states\.input\.status = 'succeeded'/, "$states.input.status = 'never'")],
  },
  'second-outcome-wins': {
    breaks: 'first-outcome-wins',
    edits: [
      func('complete-task', /"attribute_not_exists\(#recorded\)"/, '"attribute_exists(#taskId)"'),
      func('complete-task', /"#status = :pending"/, '"attribute_exists(#taskId)"'),
    ],
  },
  'send-before-record': {
    breaks: 'first-outcome-wins',
    edits: [
      func(
        'complete-task',
        /(\w+)=await (\w+)\.tasks\.recordOutcome\((\w+),(\w+),(\w+)\);return \1&&(\w+)\(\2,(\w+),\1,\5\)/,
        '$1=await $6($2,$7,{...arguments[2],status:$5.status},$5);await $2.tasks.recordOutcome($3,$4,$5);return $1',
      ),
    ],
  },
  'stopped-while-settling': {
    breaks: 'first-outcome-wins',
    edits: [func('close-task', /"#status <> :status"/, '"attribute_exists(#waitingShard)"')],
  },
  'log-task-token': {
    breaks: 'tokens-secret',
    edits: [func('call-external', /\.info\("external step",/, '.info("external step "+arguments[1].taskToken,')],
  },
  'task-token-to-service': {
    breaks: 'tokens-secret',
    edits: [
      func(
        'call-external',
        /(callbackUrl:`\$\{\w+\}tasks\/\$\{\w+\}`),payload:/,
        '$1,taskToken:arguments[1].taskToken,payload:',
      ),
    ],
  },
  'any-resume-token': {
    breaks: 'tokens-secret',
    edits: [func('complete-task', /\(0,\w+\.timingSafeEqual\)\([^;{}]*?\)&&(\w+!==void 0&&)/, ' $1')],
  },
  'new-resume-token': {
    breaks: 'retry-keeps-token',
    edits: [func('call-external', /if_not_exists\(#resumeToken, :resumeToken\)/, ':resumeToken')],
  },
  'old-task-token': {
    breaks: 'retry-keeps-token',
    edits: [
      func(
        'call-external',
        /#taskToken = :taskToken, #attempt/,
        '#taskToken = if_not_exists(#taskToken, :taskToken), #attempt',
      ),
    ],
  },
  'call-before-store': {
    breaks: 'mapping-first',
    edits: [
      func(
        'call-external',
        /(\w+)=await (\w+)\.beginAttempt\((\w+)\),(\w+)=\1===void 0\?await \w+\((\w+),\3\):await (\w+)\(\5,(\w+),\1\)/,
        '$1=(await $6($5,$7,$3),await $2.beginAttempt($3)),$4="requested"',
      ),
    ],
  },
  'no-timeout': {
    breaks: 'always-ends',
    edits: [definition(/"TimeoutSeconds":"\{% \$timeoutSeconds %\}"/, '"Comment":"waits for ever"')],
  },
  'no-catch': {
    breaks: 'first-outcome-wins',
    edits: [definition(/"Catch":\[\{"ErrorEquals":\["States\.ALL"\],"Assign".*?\}\],/, '')],
  },
  'short-lived-records': {
    breaks: 'records-outlive',
    edits: ['call-external', 'start-task', 'start-workflow', 'settle-task', 'close-task'].map((name) =>
      func(name, /\b7776e3\b/, '70*86400'),
    ),
  },
  'missing-permission': {
    breaks: 'least-privilege',
    edits: [policy(/,"states:SendTaskSuccess"\]/, ']')],
  },
  'two-are-told-new': {
    breaks: 'contract',
    edits: [
      func(
        'start-idempotent-workflow',
        /"#inputHash = :inputHash AND attribute_not_exists\(#executionArn\)"/,
        '"#inputHash = :inputHash"',
      ),
    ],
  },
  'other-input-is-equal': {
    breaks: 'contract',
    edits: [func('start-idempotent-workflow', /\.inputHash!==\w+\)throw/, '.inputHash===0)throw')],
  },
};
