/** A client in a thread of its own, so that what is measured is the server: starts executions and waits for their ends. */
const { Agent, request } = require('node:http');
const { parentPort, workerData } = require('node:worker_threads');

const { url, stateMachineArn, executions, concurrency } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });

function call(operation, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${operation}`,
      authorization: 'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/states/aws4_request, SignedHeaders=host',
    };
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) {
          resolve(JSON.parse(text));
        } else {
          reject(new Error(text));
        }
      });
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

async function main() {
  const latenciesMs = [];
  let left = executions;
  const worker = async () => {
    while (left-- > 0) {
      const startedMs = performance.now();
      const { executionArn } = await call('StartExecution', { stateMachineArn, input: '[1,1,2,3,5,8,13,21]' });
      let status = 'RUNNING';
      while (status === 'RUNNING') {
        ({ status } = await call('DescribeExecution', { executionArn }));
      }
      if (status !== 'SUCCEEDED') {
        throw new Error(`${executionArn} ended ${status}`);
      }
      latenciesMs.push(performance.now() - startedMs);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - startedMs) / 1000;
  latenciesMs.sort((one, other) => one - other);
  parentPort.postMessage({
    perSecond: executions / seconds,
    p50Ms: latenciesMs[Math.floor(executions * 0.5)],
    p99Ms: latenciesMs[Math.floor(executions * 0.99)],
  });
  agent.destroy();
}

main();
