const { createHash } = require('node:crypto');

/** Parts of an API that a deployment freezes: it must come after them, and anew when one of them changes. */
const FROZEN = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::GatewayResponse',
]);

/**
 * Puts the declared stage (infra/stage.yml) on the deployment that serverless makes. Serverless lets the deployment
 * create the stage, and then neither throttling nor access logs can be said in the template. The deployment is
 * named after a hash of the API instead of the time of day: equal sources give equal templates.
 */
class StagePlugin {
  constructor(serverless) {
    this.hooks = {
      'after:aws:package:finalize:mergeCustomProviderResources': () =>
        placeStage(serverless.service.provider.compiledCloudFormationTemplate.Resources),
    };
  }
}

function placeStage(resources) {
  const [temporaryId, deployment] = only(resources, 'AWS::ApiGateway::Deployment');
  const [, stage] = only(resources, 'AWS::ApiGateway::Stage');
  const frozen = Object.entries(resources).filter(([, resource]) => FROZEN.has(resource.Type));
  const digest = createHash('sha256').update(JSON.stringify(frozen)).digest('hex');
  const id = `ApiGatewayDeployment${digest.slice(0, 16)}`;

  delete resources[temporaryId];
  delete deployment.Properties.StageName;
  deployment.DependsOn = frozen.map(([name]) => name).filter((name) => name !== 'ApiGatewayRestApi');
  resources[id] = deployment;
  stage.Properties.DeploymentId = { Ref: id };
}

function only(resources, type) {
  const found = Object.entries(resources).filter(([, resource]) => resource.Type === type);
  if (found.length !== 1) throw new Error(`Expected one ${type} in the template, found ${found.length}.`);
  return found[0];
}

module.exports = StagePlugin;
