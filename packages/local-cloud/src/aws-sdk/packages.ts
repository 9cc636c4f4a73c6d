/**
 * Services by the names that people use for them. A service is known by the end of its client's package name:
 * `@aws-sdk/client-cloudwatch-logs` is `cloudwatch-logs`.
 */

/** Names that say another thing than the package: those of integrations, of signatures, and of command lines. */
const OTHER_NAMES = new Map([
  ['states', 'sfn'],
  ['stepfunctions', 'sfn'],
  ['events', 'eventbridge'],
  ['logs', 'cloudwatch-logs'],
  ['monitoring', 'cloudwatch'],
  ['elasticmapreduce', 'emr'],
  ['email', 'ses'],
  ['elbv2', 'elastic-load-balancing-v2'],
  ['applicationdiscovery', 'application-discovery-service'],
]);

/**
 * Packages with hyphens in their names. Integrations leave hyphens out (`aws-sdk:cognitoidentityprovider`), and the word
 * service at the end (`aws-sdk:config`).
 */
const HYPHENATED = `acm-pca api-gateway app-mesh application-auto-scaling application-insights application-signals
  arc-zonal-shift auto-scaling auto-scaling-plans backup-gateway bcm-data-exports bcm-pricing-calculator bedrock-agent
  bedrock-agent-runtime bedrock-agentcore bedrock-agentcore-control bedrock-data-automation
  bedrock-data-automation-runtime bedrock-runtime chime-sdk-identity chime-sdk-media-pipelines chime-sdk-meetings
  chime-sdk-messaging chime-sdk-voice cloudfront-keyvaluestore cloudhsm-v2 cloudsearch-domain cloudtrail-data
  cloudwatch-events cloudwatch-logs codeguru-reviewer codeguru-security codestar-connections codestar-notifications
  cognito-identity cognito-identity-provider cognito-sync compute-optimizer config-service connect-contact-lens
  cost-and-usage-report-service cost-explorer cost-optimization-hub customer-profiles data-pipeline
  database-migration-service device-farm devops-guru direct-connect directory-service directory-service-data
  docdb-elastic dynamodb-streams ec2-instance-connect ecr-public eks-auth elastic-beanstalk elastic-inference
  elastic-load-balancing elastic-load-balancing-v2 elastic-transcoder elasticsearch-service emr-containers
  emr-serverless finspace-data geo-maps geo-places geo-routes global-accelerator inspector-scan iot-data-plane
  iot-events iot-events-data iot-jobs-data-plane iot-wireless ivs-realtime kendra-ranking kinesis-analytics
  kinesis-analytics-v2 kinesis-video kinesis-video-archived-media kinesis-video-media kinesis-video-signaling
  kinesis-video-webrtc-storage launch-wizard lex-model-building-service lex-models-v2 lex-runtime-service lex-runtime-v2
  license-manager license-manager-linux-subscriptions license-manager-user-subscriptions machine-learning
  managedblockchain-query marketplace-agreement marketplace-catalog marketplace-commerce-analytics
  marketplace-entitlement-service marketplace-metering marketplace-reporting mediapackage-vod mediastore-data
  medical-imaging migration-hub migration-hub-refactor-spaces neptune-graph network-firewall partnercentral-selling
  payment-cryptography payment-cryptography-data pca-connector-ad pca-connector-scep personalize-events
  personalize-runtime pinpoint-email pinpoint-sms-voice pinpoint-sms-voice-v2 qldb-session rds-data redshift-data
  redshift-serverless resource-explorer-2 resource-groups resource-groups-tagging-api route-53 route-53-domains
  route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness s3-control sagemaker-a2i-runtime
  sagemaker-edge sagemaker-featurestore-runtime sagemaker-geospatial sagemaker-metrics sagemaker-runtime secrets-manager
  security-ir service-catalog service-catalog-appregistry service-quotas snow-device-management ssm-contacts
  ssm-incidents ssm-quicksetup ssm-sap sso-admin sso-oidc storage-gateway support-app timestream-influxdb
  timestream-query timestream-write voice-id vpc-lattice waf-regional workspaces-thin-client workspaces-web`.split(
  /\s+/,
);

const BY_NAME = new Map(HYPHENATED.map((name) => [name.replace(/-service$/, '').replaceAll('-', ''), name]));

/** The service that a name stands for: `states`, `stepfunctions` and `sfn` are all `sfn`. */
export function serviceNamed(name: string): string {
  const lower = name.toLowerCase();
  const plain = lower.replaceAll('-', '');
  return OTHER_NAMES.get(plain) ?? BY_NAME.get(plain) ?? lower;
}

/** `sns` → `@aws-sdk/client-sns` */
export const clientPackage = (service: string): string => `@aws-sdk/client-${service}`;
