import type { AwsClients, Target, TaskReader } from '@workflows/inspector';
import type { Follower } from './live/follower';
import type { Hub } from './live/hub';
import type { Inbox } from './live/inbox';
import type { ViewSources } from './model/views';

/** What the routes work with. */
export interface Services extends ViewSources {
  readonly target: Target;
  readonly clients: AwsClients;
  readonly follower: Follower;
  readonly hub: Hub;
  readonly inbox: Inbox | undefined;
  readonly tasks: TaskReader | undefined;
  /** Why this console cannot answer tasks; absent if it can. */
  readonly answersReason: string | undefined;
}
